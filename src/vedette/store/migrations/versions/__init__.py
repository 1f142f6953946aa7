"""One file per change of the ledger, oldest first."""
