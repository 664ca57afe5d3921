# What the host has lost, or has otherwise, since the last apply of the same spec: the steps of a plan, told as what they would mend.
# Addresses of others on links of the spec stay, and are reported once: until an apply has seen them ("known LINK CIDR").
# Reads: the spec, an observation, the plan for both and what is known. Prints: "drift LINK KIND EXPECTED -- FOUND". May fail: never.
function tell(link, what, expected, now) { print "drift", link, what, expected, "--", now }
function tell_qos(link, map, entry, part) {
  split(entry, part, ":")
  tell(link, map, entry, part[1] ":" leads(qos, link, substr(map, 1, index(map, "-") - 1), part[1]))
}
observed != 2 { next }
$1 == "known" { known[$2, $3] = 1; next }
{ is_step = ($1 == "make" || $1 == "do"); dev = "" }
is_step { for (i = 2; i < NF; i++) if ($i == "dev") dev = $(i + 1) }
is_step && $2 == "link" && $3 == "del" { other[dev] = place(kind[dev], detail[dev], parent[dev]); next }
is_step && $2 == "link" && $3 == "add" {
  anew[$7] = 1
  tell($7, "link", place(wantKind[$7], wantDetail[$7], nic), $7 in other ? other[$7] : "missing")
  next
}
# All else of a link that is made anew goes without saying.
is_step && dev in anew || $1 == "set" && $3 in anew { next }
$1 == "set" { tell($3, "sysctl", $2 " " $4 " " $5, ($3, $2, $4) in value ? value[$3, $2, $4] : "missing") }
!is_step { next }
$2 == "link" && / up$/ { tell(dev, "state", "up", state[dev]) }
$2 == "link" && / mtu / { tell(dev, "MTU", $7, mtu[dev]) }
$2 == "link" && / type vlan / { for (i = 9; i <= NF; i++) tell_qos(dev, $8, $i) }
$2 == "link" && / alias / { tell(dev, "alias", $7, "none") }
$2 == "addr" && $3 == "add" { tell(dev, "address", $4, "missing") }
$2 == "route" && $3 != "del" { tell(dev, "route", $4, (dev, "route", $4) in has ? way(via[dev, $4], source[dev, $4]) : "missing") }
END {
  for (n = 1; n <= founds; n++) {
    split(found[n], word, " "); link = word[1]; at = word[3]
    if (word[2] != "address" || !(link in wantKind) || !made_by_us(link) || link in anew || !is_added(link, at)) continue
    if (!((link, "address", at) in theirs || (link, at) in known)) tell(link, "foreign", "none", at)
  }
}
