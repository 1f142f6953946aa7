"""Event data sets to claims and back."""
