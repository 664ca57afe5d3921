# Prints what this host is, and what its kernel lacks. Changes nothing, and loads no module.
# Prints: one fact a line behind a marker, see session.sh.
# Fails: never; what cannot be found out is left out.
# What the firmware calls the machine.
for name in sys_vendor product_name chassis_asset_tag bios_version; do
  { read -r value <"/sys/class/dmi/id/$name"; } 2>/dev/null && fact dmi "$name" "$value"
done
# Kernel modules that are neither loaded nor there to be loaded nor built in. OpenWrt keeps them without an index, NixOS in a folder of its own.
if { read -r kernel </proc/sys/kernel/osrelease; } 2>/dev/null; then
  fact kernel "$kernel"
  modules=/lib/modules/$kernel
  absent=
  for module in 8021q macvlan ipvlan dummy; do
    [ -e "/sys/module/$module" ] || [ -e "$modules/$module.ko" ] || absent="$absent $module"
  done
  if [ -n "$absent" ]; then
    booted=/run/booted-system/kernel-modules/lib/modules/$kernel
    there=$(grep -hoE '/(8021q|macvlan|ipvlan|dummy)[.]ko' "$modules/modules.dep" "$modules/modules.builtin" \
      "$booted/modules.dep" "$booted/modules.builtin" 2>/dev/null)
    left=
    for module in $absent; do
      case $there in *"/$module.ko"*) ;; *) left="$left $module" ;; esac
    done
    # The kernel's own list of what it holds, with one name that every kernel has.
    symbols=
    [ -z "$left" ] || symbols=$(grep -oE ' (register_netdevice|register_vlan_dev|macvlan_common_setup|ipvlan_link_new|dummy_setup)$' /proc/kallsyms 2>/dev/null)
    case $symbols in *register_netdevice*) ;; *) left= ;; esac
    for module in $left; do
      case $module in
      8021q) symbol=register_vlan_dev ;;
      macvlan) symbol=macvlan_common_setup ;;
      ipvlan) symbol=ipvlan_link_new ;;
      dummy) symbol=dummy_setup ;;
      esac
      case $symbols in *"$symbol"*) ;; *) fact no-module "$module" ;; esac
    done
  fi
fi
