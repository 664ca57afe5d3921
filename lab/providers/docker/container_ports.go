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

// samePortsInAnyOrder: the engine's order is not the program's, and that alone is no difference.
func samePortsInAnyOrder(s *schema.Schema) {
	s.DiffSuppressFunc = func(_, _, _ string, d *schema.ResourceData) bool {
		before, after := d.GetChange("ports")
		old, new := objects(before.([]any)), objects(after.([]any))
		if len(old) != len(new) {
			return false
		}
		for _, port := range old {
			if !slices.ContainsFunc(new, func(candidate object) bool { return samePort(port, candidate) }) {
				return false
			}
		}
		return true
	}
}

func samePort(a, b object) bool {
	for _, name := range []string{"internal", "external", "ip", "protocol"} {
		if a[name] != b[name] {
			return false
		}
	}
	return true
}
