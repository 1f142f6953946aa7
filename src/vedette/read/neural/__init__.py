"""Reading with a trained network: what each word is, then events and their values."""
