# Reads: `ip -o -d link show`. Prints: "link NAME PARENT KIND DETAIL MTU up|down made|found", see observe.sh. May fail: never.
# By patterns and not word by word: a line has eighty, and a host may have thousands of links.
function words(pattern) { return match($0, pattern) ? split(substr($0, RSTART, RLENGTH), word, " ") : 0 }
{
  name = $2; sub(/:$/, "", name); parent = "-"
  if (split(name, half, "@") == 2) { name = half[1]; parent = half[2] }
  mtu = words(" mtu [0-9]+") ? word[2] : "-"
  kind = detail = "-"
  if (words(" vlan protocol [^ ]+ id [0-9]+")) { kind = word[1]; detail = word[5] "/" word[3] }
  else if (words(" macvlan mode [^ ]+")) { kind = word[1]; detail = word[3] }
  else if (words(" ipvlan +mode [^ ]+ [^ ]+")) { kind = word[1]; detail = word[3] "/" (word[4] ~ /^(private|vepa)$/ ? word[4] : "bridge") }
  print "link", name, parent, kind, detail, mtu, ($3 ~ /[<,]UP[,>]/ ? "up" : "down"), (/ alias vlan-trunk( |$)/ ? "made" : "found")
}
