# Mends what scdoc makes of the manual's sources.

# The name of a page is not parted at its hyphen. In NAME a plain one has to stay, for apropos.
/\\fR\([1-8]\)/ { gsub(/viva-/, "viva\\-") }

{ print }

# scdoc turns hyphenation off before .TH turns it on again; a command or an option is no word to be parted.
/^\.TH / { print ".nh" }
