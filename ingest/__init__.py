"""Files into facts: readers, outline, tables, performance sheets, prose, tie-outs, ledger, vectors."""
