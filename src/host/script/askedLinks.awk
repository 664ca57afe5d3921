# The links of which more must be observed than is in view: what uses a link that may be set down, and what sits on one that is made anew.
# Reads: the spec and an observation (spec.awk); action. Prints: "children LINK", "routes LINK". May fail: never.
END {
  for (n = 1; n <= count; n++) if (order[n] in seen && (lowers(order[n]) || is_remade(order[n]))) print "children " order[n]
  if (nic in seen && lowers(nic)) { print "children " nic; print "routes " nic }
}
function lowers(link) { return action == "remove" && (link, "down", "") in uses }
