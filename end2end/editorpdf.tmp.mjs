import {chromium} from '@playwright/test';
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox']}); const p=await b.newPage();
await p.goto('file:///tmp/graphs/m1-photo-ward-page.svg'); await p.pdf({path:'/tmp/graphs/p.pdf',format:'A4',landscape:true,margin:{top:0,bottom:0,left:0,right:0}}); await b.close();
