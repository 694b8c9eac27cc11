/** Everybody's password in the demo hospital. */
export const password = 'minato-no-mori-2026';

/** People of the demo hospital, by what a test needs them for: their staff numbers. */
export const people = {
  /** Nurses of Ward 3 who have finished every earlier year and have not opened this one. */
  fresh: ['100301', '100302', '100303', '100304', '100305', '100306', '100307', '100308', '100309', '100310'],
  /** A nurse of Ward 3 in the middle of a module. */
  middle: '100311',
  /** A nurse of Ward 3 who has only to sign. */
  toSign: '100312',
  /** A nurse of Ward 3 who has finished the year. */
  finished: '100313',
  /** The head nurse of Ward 3. */
  wardHead: '100300',
  /** The head nurse of Ward 4. */
  otherHead: '100400',
  /** The director of nursing: the wards, the outpatient clinic and the theatre. */
  nursingHead: '100100',
  /** The training office. */
  office: '104000',
  /** Another member of it, who writes the policy's next version. */
  colleague: '104001',
  /** The head of internal audit. */
  auditor: '104200',
  /** An auditor who heads nothing. */
  secondAuditor: '104201',
} as const;
