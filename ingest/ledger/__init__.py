"""Where facts are kept: ledger is the door, database and schema the store behind it, rows the way in and out, members the names in it."""
