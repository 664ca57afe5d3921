# Reads: the spec, and the files under /proc/sys of its sysctls. Prints: "sysctl LINK FAMILY KEY VALUE"; nothing for a file that is not there. May fail: never.
$1 == "sysctl" {
  file = "/proc/sys/net/" $3 "/conf/" $2 "/" $4
  if ((getline value <file) > 0) print "sysctl", $2, $3, $4, value
  close(file)
}
