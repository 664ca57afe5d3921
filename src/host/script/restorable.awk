# Reads: a spec; absent: names of links, a space before and behind each. Prints: the spec without those links. May fail: never.
$1 ~ /^(owner|parent|persist|confirm|routing)$/ || !index(absent, " " $2 " ")
