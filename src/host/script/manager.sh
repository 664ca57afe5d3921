# Which network manager a link belongs to. By the files that it leaves and by ifquery, because other questions would start a manager.
# Reads: /run, /etc/network. Prints: see the functions. May fail: never.

# "NAME (FILE)"; nothing where none has the link, its argument.
manager_of() {
  index=$(cat "/sys/class/net/$1/ifindex" 2>/dev/null) || return 0
  state=/run/systemd/netif/links/$index
  file=$(sed -n 's/^NETWORK_FILE=//p' "$state" 2>/dev/null)
  if [ -n "$file" ] && ! grep -q '^ADMIN_STATE=unmanaged' "$state"; then
    case ${file##*/} in
    10-netplan-*) echo "netplan ($file)" ;;
    10-cloud-init-*) echo "cloud-init ($file)" ;;
    *) echo "systemd-networkd ($file)" ;;
    esac
  elif grep -q '^connection-uuid=' "/run/NetworkManager/devices/$index" 2>/dev/null; then
    echo NetworkManager
  elif ifquery "$1" >/dev/null 2>&1; then
    echo 'ifupdown (/etc/network/interfaces)'
  fi
}

# Whose rules also take a link of the spec, and are not kept from it by a file of ours (unmanaged.sh).
warn_of_managers() {
  command -v ifquery >/dev/null || return 0
  for link in $(printf '%s\n' "$spec" | awk '$1 == "vlan" || $1 == "shim" { print $2 }'); do
    ! ifquery "$link" >/dev/null 2>&1 ||
      echo "warning: $link is in /etc/network/interfaces too: ifdown and a restart of networking delete it under the containers on it"
  done
}
