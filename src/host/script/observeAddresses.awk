# Reads: `ip -o addr show`, its end marked by read_all. Prints: "address LINK CIDR [FLAGS]". May fail: status 1 when ip failed.
/^-- failed$/ { exit }
/^-- complete$/ { complete = 1; next }
# IPv4 has no such flags, but labels of any text.
{ print "address", $2, $4 ($3 == "inet6" && / tentative/ ? " tentative" : "") ($3 == "inet6" && / dadfailed/ ? " dadfailed" : "") ($3 == "inet6" && / (mngtmpaddr|temporary)/ ? " advertised" : "") }
END { exit !complete }
