# Reads: the records, each a file named after its owner. Prints: "note OWNER LINK TEXT". May fail: never.
{ n = split(FILENAME, part, "/") }
# A file of another name is not ours.
part[n] ~ /^[A-Za-z0-9._:%+-]+$/ { print "note", part[n], $0 }
