//! Files in and out: the residents' register as XLSX and CSV.
