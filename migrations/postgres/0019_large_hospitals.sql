-- Which professions there are is asked on every list of people: one step in this index for each, however many people there are.
CREATE INDEX staff_profession ON staff (profession);
