"""What is found by meaning: chunks of the ledger, embedded once each, in a vector store that can be built again at any time."""
