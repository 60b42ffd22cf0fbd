"""What a text claims (claims), whom its figures are about (subjects), and which of them nothing in the ledger supports (gate)."""
