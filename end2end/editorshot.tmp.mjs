import {chromium} from '@playwright/test';
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox']});
const [w,...rest]=process.argv.slice(2);
const p=await b.newPage({viewport:{width:+w,height:900}});
p.on('console',m=>console.log('console',m.type(),m.text())); p.on('pageerror',e=>console.log('err',e.message));
for(let i=0;i<rest.length;i+=2){ await p.goto('http://127.0.0.1:3102'+rest[i],{waitUntil:'load'}); await p.waitForTimeout(900); await p.screenshot({path:'/tmp/shots/'+rest[i+1]+'.png',fullPage:true}); }
await b.close();
