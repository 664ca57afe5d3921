package docker

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/docker/go-connections/nat"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

func portName(port object) nat.Port {
	return nat.Port(strconv.Itoa(port["internal"].(int)) + "/" + port["protocol"].(string))
}

func exposedPorts(d *schema.ResourceData) nat.PortSet {
	var exposed nat.PortSet
	for _, port := range elements(d, "ports") {
		if exposed == nil {
			exposed = nat.PortSet{}
		}
		exposed[portName(port)] = struct{}{}
	}
	return exposed
}

func portBindings(d *schema.ResourceData) nat.PortMap {
	var bindings nat.PortMap
	for _, port := range elements(d, "ports") {
		if bindings == nil {
			bindings = nat.PortMap{}
		}
		name := portName(port)
		bindings[name] = append(bindings[name], nat.PortBinding{
			HostIP: port["ip"].(string), HostPort: strconv.Itoa(port["external"].(int)),
		})
	}
	return bindings
}

// portList is what the engine bound, by rising inner port.
func portList(bound nat.PortMap) []any {
	var names []nat.Port
	for name := range bound {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b nat.Port) int { return cmp.Compare(a.Int(), b.Int()) })
	ports := []any{}
	for _, name := range names {
		for _, binding := range bound[name] {
			external, _ := strconv.Atoi(binding.HostPort)
			_, protocol, _ := strings.Cut(string(name), "/")
			ports = append(ports, object{
				"internal": name.Int(), "external": external, "ip": binding.HostIP, "protocol": protocol,
			})
		}
	}
	return ports
}

// samePortsInAnyOrder: the engine's order is not the program's, and that alone is no difference. A port is compared with the first other one
// of the same inner number and protocol only, as the official one does: two publications of one port in another order differ.
func samePortsInAnyOrder(s *schema.Schema) {
	s.DiffSuppressFunc = func(_, _, _ string, d *schema.ResourceData) bool {
		before, after := d.GetChange("ports")
		old, new := objects(before.([]any)), objects(after.([]any))
		return len(old) == len(new) && !slices.ContainsFunc(old, func(port object) bool { return !isPublished(port, new) })
	}
}

func isPublished(port object, ports []object) bool {
	first := slices.IndexFunc(ports, func(candidate object) bool { return sameFields(port, candidate, "internal", "protocol") })
	return first >= 0 && sameFields(port, ports[first], "external", "ip")
}

func sameFields(a, b object, names ...string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return a[name] != b[name] })
}
