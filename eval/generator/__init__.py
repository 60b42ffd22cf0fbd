"""Made-up disclosures with known facts: words → budget → drawing (layouts/) → file (writers/), read back and compared."""
