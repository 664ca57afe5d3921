# Which network manager a link belongs to. By the files that it leaves and by ifquery, because other questions would start a manager.
# Reads: /run, /etc/network. Prints: see the functions. May fail: never.

# "NAME (FILE)"; nothing where none has the link, its argument.
manager_of() {
  index=$(cat "/sys/class/net/$1/ifindex" 2>/dev/null) || return 0
  file=$(networkd_file "$1")
  if [ -n "$file" ]; then
    case ${file##*/} in
    10-netplan-*) echo "netplan ($file)" ;;
    10-cloud-init-*) echo "cloud-init ($file)" ;;
    *) echo "systemd-networkd ($file)" ;;
    esac
  elif grep -q '^connection-uuid=' "/run/NetworkManager/devices/$index" 2>/dev/null && is_running NetworkManager; then
    echo NetworkManager
  elif ifquery "$1" >/dev/null 2>&1; then
    echo 'ifupdown (/etc/network/interfaces)'
  elif dhcpcd_takes "$1"; then
    echo dhcpcd
  fi
}

# The .network by which networkd has a link.
networkd_file() {
  state=/run/systemd/netif/links/$(cat "/sys/class/net/$1/ifindex" 2>/dev/null)
  # These files stay when networkd is stopped.
  [ -f "$state" ] && ! grep -q '^ADMIN_STATE=unmanaged' "$state" && is_running systemd-networkd || return 0
  sed -n 's/^NETWORK_FILE=//p' "$state"
}

is_running() { systemctl is-active --quiet "$1.service" 2>/dev/null; }

# Whose rules also take a link of the spec, and are not kept from it by a file of ours (unmanaged.sh).
warn_of_managers() {
  for link in $(printf '%s\n' "$spec" | awk '$1 == "vlan" || $1 == "shim" { print $2 }'); do
    ! ifquery "$link" >/dev/null 2>&1 ||
      echo "warning: $link is in /etc/network/interfaces too: ifdown and a restart of networking delete it under the containers on it"
    ! dhcpcd_takes "$link" ||
      echo "warning: dhcpcd asks for an address and a default route on $link too: \"denyinterfaces $link\" in /etc/dhcpcd.conf keeps it from that"
  done
}

# The one that takes every interface of the host, unless its configuration says otherwise; as it runs for a single one its file has another name.
dhcpcd_takes() {
  [ -e /run/dhcpcd/pid ] || [ -e /run/dhcpcd.pid ] || return 1
  ! is_among "$1" "$(dhcpcd_option denyinterfaces)" || return 1
  allowed=$(dhcpcd_option allowinterfaces)
  [ -z "$allowed" ] || is_among "$1" "$allowed"
}

dhcpcd_option() { sed -n "s/^[[:space:]]*$1[[:space:]]//p" /etc/dhcpcd.conf 2>/dev/null | tr ',' ' '; }

# Arguments: a name, patterns of the shell.
is_among() {
  for pattern in $2; do
    # shellcheck disable=SC2254 # a pattern
    case $1 in $pattern) return 0 ;; esac
  done
  return 1
}
