"""Every number that is read: digits and numerals to exact quantities in units; numbers is the one parser of them all."""
