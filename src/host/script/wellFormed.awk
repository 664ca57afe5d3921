# Whether a spec is one that the controller can have sent: it may come from a file that somebody has changed since, and its words go into commands.
# Reads: a spec. Prints: the first line that is not, with its number. May fail: never.
function is_link(word) { return word ~ /^[A-Za-z0-9][A-Za-z0-9._-]*$/ }
function is_owner(word) { return word ~ /^[A-Za-z0-9._:%+-]+$/ }
function is_address(word) { return word ~ /^[0-9a-f.:]+$/ }
function is_block(word) { return word ~ /^[0-9a-f.:]+\/[0-9]+$/ }
$1 == "owner" && NF == 2 && is_owner($2) { next }
$1 == "parent" && is_link($2) && (NF == 2 || NF == 3 && $3 == "declared") { next }
$1 == "persist" && NF == 2 && $2 ~ /^(unit|networkd|networkmanager)$/ { next }
$1 == "confirm" && NF == 2 && $2 ~ /^[0-9]+$/ { next }
$1 == "routing" && (NF == 2 || NF == 3 && is_owner($3) && index($3, "+")) && $2 ~ /^(isolated|between)$/ { next }
$1 == "vlan" && NF == 5 && is_link($2) && $3 ~ /^[0-9]+$/ && $4 ~ /^802[.]1(Q|ad)$/ && $5 ~ /^([0-9]+|-)$/ { next }
$1 == "qos" && NF == 5 && is_link($2) && $3 ~ /^(egress|ingress)$/ && $4 ~ /^[0-9]+$/ && $5 ~ /^[0-9]+$/ { next }
$1 == "shim" && NF == 4 && is_link($2) && $3 ~ /^(macvlan|ipvlan)$/ && $4 ~ /^[a-z0-9]+(\/[a-z]+)?$/ { next }
$1 == "address" && NF == 3 && is_link($2) && is_block($3) { next }
$1 == "route" && NF == 5 && is_link($2) && is_block($3) && ($4 == "-" || is_address($4)) && ($5 == "-" || is_address($5)) { next }
$1 == "sysctl" && NF == 5 && is_link($2) && $3 ~ /^ipv[46]$/ && $4 ~ /^[a-z_]+$/ && $5 ~ /^[0-9]+$/ { next }
{ print "line " NR ": " $0; exit }
