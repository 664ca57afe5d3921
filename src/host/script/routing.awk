# The rules for the links of a group between which, or from which, the host routes nothing: of each packet that it forwards and that comes in or goes
# out by one of them. "isolated" leaves what goes out by the VLAN that it came in by, "between" also what goes to another link with "between".
# In nftables and in iptables' mangle table they only drop, which no rule of others can take back, whatever comes first. A chain that drops in the end
# is passed by one that accepts before it: in iptables' filter table, where Docker has such a chain.
# Reads: what routingGroup.awk prints; form: nft, mangle or filter; name: of the table or the chains; jumps: how often FORWARD has a jump to the chain by now. Prints: what
# `nft -f` or `iptables-restore --noflush` reads, for no such link what takes our rules away. May fail: never.
$2 == "routing" && ($3 == "isolated" || $3 == "between") && !($1 in known) {
  known[$1] = 1; vlan[$1] = $4 == "" ? $1 : $4
  if ($3 == "isolated") alone[++alones] = $1; else open[++opens] = $1
}
function each(names, count, i, list) {
  for (i = 1; i <= count; i++) list = list (i > 1 ? ", " : "") "\"" names[i] "\""
  return list
}
# A VLAN's link and the shim on it are one VLAN.
function pairs(before, middle, after, separator, i, j, list) {
  for (i = 1; i <= alones; i++) for (j = 1; j <= alones; j++)
    if (vlan[alone[i]] == vlan[alone[j]]) list = list (list == "" ? "" : separator) before alone[i] middle alone[j] after
  return list
}
function of_nft(list) {
  print "table inet " name
  print "delete table inet " name
  if (!(alones + opens)) return
  list = each(alone, alones) (alones && opens ? ", " : "") each(open, opens)
  print "table inet " name " {"
  print "  set links { type ifname; elements = { " list " } }"
  if (alones) print "  set itself { type ifname . ifname; elements = { " pairs("\"", "\" . \"", "\"", ", ") " } }"
  if (opens) print "  set between { type ifname; elements = { " each(open, opens) " } }"
  print "  chain forward {"
  print "    type filter hook forward priority -5; policy accept;"
  if (alones) print "    iifname . oifname @itself accept"
  if (opens) print "    iifname @between oifname @between accept"
  print "    iifname @links drop"
  print "    oifname @links drop"
  print "  }"
  print "}"
}
function rule(chain, words) { print "-A " name chain " " words }
function of_mangle(i) {
  if (alones) print pairs("-A " name " -i ", " -o ", " -j RETURN", "\n")
  for (i = 1; i <= opens; i++) { rule("", "-i " open[i] " -j " name "-from"); rule("", "-o " open[i] " -j " name "-to") }
  for (i = 1; i <= alones; i++) { rule("", "-i " alone[i] " -j DROP"); rule("", "-o " alone[i] " -j DROP") }
  for (i = 1; i <= opens; i++) { rule("-from", "-o " open[i] " -j RETURN"); rule("-to", "-i " open[i] " -j RETURN") }
  if (opens) { rule("-from", "-j DROP"); rule("-to", "-j DROP") }
}
function of_filter(i) {
  for (i = 1; i <= opens; i++) rule("", "-i " open[i] " -j " name "-from")
  for (i = 1; i <= opens; i++) rule("-from", "-o " open[i] " -j ACCEPT")
}
END {
  if (form == "nft") { of_nft(); exit }
  needed = form == "mangle" ? alones + opens : opens
  print "*" form
  # Made where they are not there, and else emptied.
  print ":" name " - [0:0]"
  print ":" name "-from - [0:0]"
  if (form == "mangle") print ":" name "-to - [0:0]"
  while (jumps-- > 0) print "-D FORWARD -j " name
  if (needed && form == "mangle") of_mangle()
  if (needed && form == "filter") of_filter()
  if (needed) print "-I FORWARD -j " name
  else { print "-X " name; print "-X " name "-from"; if (form == "mangle") print "-X " name "-to" }
  print "COMMIT"
}
