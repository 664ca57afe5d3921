# Reads: the records, each a file named after its owner. Prints: "note OWNER LINK TEXT". May fail: never.
{ n = split(FILENAME, part, "/"); print "note", part[n], $0 }
