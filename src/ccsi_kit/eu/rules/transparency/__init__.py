"""What articles 49 and 50 of the Common Provisions Regulation ask to be public."""
