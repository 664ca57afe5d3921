# Reads: `ip -o addr show`. Prints: "address LINK CIDR [FLAGS]". May fail: never.
{ print "address", $2, $4 (/ tentative/ ? " tentative" : "") (/ dadfailed/ ? " dadfailed" : "") }
