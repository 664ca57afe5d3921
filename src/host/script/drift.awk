# What the host has lost, or has otherwise, since the last apply of the same spec: the steps of a plan, told as what they would mend.
# Reads: the spec, an observation, and the plan for both. Prints: "drift LINK KIND EXPECTED -- FOUND". May fail: never.
function tell(link, what, expected, now) { print "drift", link, what, expected, "--", now }
observed != 2 { next }
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
$2 == "link" && / alias / { tell(dev, "alias", $7, "none") }
$2 == "addr" && $3 == "add" { tell(dev, "address", $4, "missing") }
$2 == "route" && $3 != "del" { tell(dev, "route", $4, (dev, "route", $4) in has ? way(via[dev, $4], source[dev, $4]) : "missing") }
