# The chains of others in nftables that drop what they forward in the end. Another table cannot accept it for them.
# Reads: `nft list chains`; byIptables: not empty, where iptables rules of ours are accepted before its own chains drop. Prints: "chain NAME of table FAMILY NAME", each
# after ", " but the first. May fail: never.
$1 == "table" { table = $2 " " $3 }
$1 == "chain" { chain = $2 }
/ hook forward / && / policy drop;/ && table ~ /^(ip|ip6|inet) / && !(byIptables != "" && table ~ /^ip6? filter$/ && chain == "FORWARD") {
  printf "%schain %s of table %s", (count++ ? ", " : ""), chain, table
}
