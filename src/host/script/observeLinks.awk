# Reads: `ip -o -d link show`, its end marked by read_all. Prints: "link NAME PARENT KIND DETAIL MTU up|down made|found|foreign", see
# observe.sh, "qos NAME egress|ingress FROM TO" and "port NAME MASTER". May fail: status 1 when ip failed, or listed no link at all.
# By patterns and not word by word: a line has eighty, and a host may have thousands of links.
function words(pattern) { return match(text, pattern) ? split(substr(text, RSTART, RLENGTH), word, " ") : 0 }
# An alias may hold anything, also line ends and after them what reads like another link. The kernel knows how many lines it has.
function line_ends(link, file, line, n) {
  file = "/sys/class/net/" link "/ifalias"
  while ((getline line <file) > 0) n++
  close(file)
  return n > 1 ? n - 1 : 0
}
function tell_qos(direction, n, i, entry) {
  n = words("[\\\\]      " direction "-qos-map [{][^}]*[}]")
  for (i = 4; i < n; i++) { split(word[i], entry, ":"); print "qos", name, direction, entry[1], entry[2] }
}
skip > 0 { skip--; next }
# iproute2 up to 5.10 starts a new line for each map, with -o too.
/^      (egress|ingress)-qos-map [{]/ && held != "" { $0 = held "\\" $0; held = "" }
held != "" { line = $0; $0 = held; tell_link(); $0 = line; held = "" }
/^-- failed$/ { exit }
/^-- complete$/ { complete = 1; next }
# The alias and the alternative names are the last of what ip prints, each part after a backslash.
!/^[0-9]+: [^ ]+ </ { next }
# What follows may be a map.
!index($0, "\\    alias ") { held = $0; next }
{ tell_link() }
function tell_link(at) {
  at = index($0, "\\    alias ")
  text = at ? substr($0, 1, at - 1) : $0
  alias = at ? substr($0, at + 11) : ""
  name = $2; sub(/:$/, "", name); parent = "-"
  if (split(name, half, "@") == 2) { name = half[1]; parent = half[2] }
  if (at) skip = line_ends(name)
  mtu = words(" mtu [0-9]+") ? word[2] : "-"
  kind = detail = "-"
  # The kind starts a part, after a backslash: the name of a network namespace, which stands before, may hold the same words.
  if (words("[\\\\]    vlan protocol [^ ]+ id [0-9]+")) { kind = word[2]; detail = word[6] "/" word[4] }
  else if (words("[\\\\]    macvlan mode [^ ]+")) { kind = word[2]; detail = word[4] }
  else if (words("[\\\\]    ipvlan +mode [^ ]+ [^ ]+")) { kind = word[2]; detail = word[4] "/" (word[5] ~ /^(private|vepa)$/ ? word[5] : "bridge") }
  isOurs = !skip && (alias == "vlan-trunk" || index(alias, "vlan-trunk\\    ") == 1)
  print "link", name, parent, kind, detail, mtu, ($3 ~ /[<,]UP[,>]/ ? "up" : "down"), (isOurs ? "made" : alias == "" ? "found" : "foreign")
  if (kind == "vlan") { tell_qos("egress"); tell_qos("ingress") }
  if (words(" master [^ ]+")) print "port", name, word[2]
  links++
}
END { exit !(complete && links) }
