# The routes over the links of the spec, and those to the same destinations: a router may have a million others. Those of the
# kernel come and go with addresses.
# Reads: the spec, then for each family a line "-- IPv4" or "-- IPv6" and `ip -o route show`, its end marked by read_all.
# Prints: "route LINK CIDR GATEWAY SOURCE PROTOCOL METRIC WORDS-FOR-IP"; a type of service makes the metric "METRIC+tos".
# May fail: status 1 when ip failed.
/^-- failed$/ { exit }
/^-- complete$/ { complete = 1; next }
$1 == "--" { observed = 1; complete = 0; whole = ($2 == "IPv4") ? 32 : 128; next }
!observed && ($1 == "vlan" || $1 == "shim") { ours[$2] = 1 }
!observed && $1 == "route" { declared[$3] = 1 }
!observed { next }
{
  kind = ""
  if ($1 ~ /^[a-z]+$/ && $1 != "default") { kind = $1; $1 = ""; $0 = $0 }
  to = ($1 == "default") ? (whole == 32 ? "0.0.0.0/0" : "::/0") : $1 (index($1, "/") ? "" : "/" whole)
  if (/ proto kernel / && !(to in declared)) next
  link = via = source = protocol = "-"; words = to; metric = 0; service = ""
  for (i = 2; i <= NF; i++) {
    if ($i == "dev") link = (link == "-") ? $(i + 1) : "several"
    if ($i == "via") via = $(i + 1)
    if ($i == "src") source = $(i + 1)
    if ($i == "proto") protocol = $(i + 1)
    if ($i == "metric") metric = $(i + 1)
    if ($i == "tos") service = "+tos"
    # What the kernel prints of a route, and does not take back.
    if ($i == "expires" || $i == "error") i++
    else if ($i !~ /^(linkdown|dead|offload|rt_offload|trap|rt_trap|offload_failed)$/) words = words " " $i
  }
  if (kind != "") link = kind
  if (link in ours || to in declared) print "route", link, to, via, source, protocol, metric service, words
}
END { exit !complete }
