# The links of one group: a trunk's and the shims on them, or the VLANs that are declared one by one with "between". The group of a link whose note names
# none is its owner.
# Reads: the record of an owner as it is to be, a line "--", the records of all as they are; owner, group. Prints: "LINK routing isolated|between VLAN", for a
# shim with the link of the group that it is on, else with itself. May fail: never.
$1 == "--" { all = 1; next }
!all { take(owner, $1, $2, $3, $4) }
all && $1 == "note" && $2 != owner { take($2, $3, $4, $5, $6) }
function take(who, link, key, value, name, part) {
  if (key == "made" && split(value, part, "/") > 2 && part[2] ~ /^(macvlan|ipvlan)$/) vlan[link] = part[1]
  if (key == "routing" && (name == "" ? who : name) == group && !(link in rule)) { rule[link] = value; order[++count] = link }
}
END {
  for (n = 1; n <= count; n++) {
    link = order[n]
    print link, "routing", rule[link], (link in vlan && vlan[link] in rule ? vlan[link] : link)
  }
}
