package docker

import (
	"time"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

var twentyMinutes = schema.DefaultTimeout(20 * time.Minute)

var (
	mountFields = fields{
		"target":         text(required),
		"source":         text(),
		"type":           text(required, matching(`^(bind|volume|tmpfs)$`)),
		"read_only":      boolean(),
		"bind_options":   listOf(fields{"propagation": text(matching(`^r?(private|shared|slave)$`))}, one),
		"volume_options": listOf(volumeOptionFields, one),
		"tmpfs_options":  listOf(fields{"size_bytes": integer(), "mode": integer()}, replaces, one),
	}
	volumeOptionFields = fields{
		"no_copy":        boolean(),
		"labels":         setOf(labelFields),
		"driver_name":    text(),
		"driver_options": textMap(ofTexts),
		"subpath":        text(replaces),
	}
	volumeFields = fields{
		"from_container":  text(replaces),
		"container_path":  text(replaces),
		"host_path":       text(replaces, absolutePath),
		"volume_name":     text(replaces),
		"read_only":       boolean(replaces),
		"selinux_relabel": text(replaces, matching(`^(z|Z)$`)),
	}
	portFields = fields{
		"internal": integer(required, replaces),
		"external": integer(computed, replaces),
		"ip":       text(byDefault("0.0.0.0"), replaces, emptyIsAnyAddress),
		"protocol": text(byDefault("tcp"), replaces),
	}
	attachmentFields = fields{
		"name":           text(required, replaces),
		"aliases":        textSet(replaces),
		"ipv4_address":   text(replaces),
		"ipv6_address":   text(replaces),
		"link_local_ips": textSet(replaces),
		"mac_address":    text(replaces),
		"driver_opts":    textSet(replaces),
		"gw_priority":    integer(replaces, atLeast(0)),
	}
	networkDataFields = fields{
		"network_name":              text(output),
		"ip_address":                text(output),
		"ip_prefix_length":          integer(output),
		"gateway":                   text(output),
		"global_ipv6_address":       text(output),
		"global_ipv6_prefix_length": integer(output),
		"ipv6_gateway":              text(output),
		"mac_address":               text(output),
	}
	healthcheckFields = fields{
		"test":           textList(),
		"interval":       text(byDefault("0s"), duration),
		"timeout":        text(byDefault("0s"), duration),
		"start_period":   text(byDefault("0s"), duration),
		"start_interval": text(byDefault("0s"), duration),
		"retries":        integer(byDefault(0), atLeast(0)),
	}
	deviceFields = fields{
		"host_path":      text(required, replaces),
		"container_path": text(replaces),
		"permissions":    text(byDefault("rwm"), replaces),
	}
	throttleFields   = fields{"path": text(required), "rate": integer(required, atLeast(0))}
	capabilityFields = fields{"add": textSet(replaces), "drop": textSet(replaces)}
	hostFields       = fields{"ip": text(required, replaces), "host": text(required, replaces)}
	ulimitFields     = fields{
		"name": text(required, replaces), "soft": integer(required, replaces), "hard": integer(required, replaces),
	}
)

func ofTexts(s *schema.Schema) { s.Elem = &schema.Schema{Type: schema.TypeString} }

func emptyIsAnyAddress(s *schema.Schema) {
	s.StateFunc = func(value any) string {
		if address := value.(string); address != "" {
			return address
		}
		return "0.0.0.0"
	}
}

func containerResource() *schema.Resource {
	return &schema.Resource{
		SchemaVersion: 2,
		CreateContext: createContainer,
		ReadContext:   readContainer,
		UpdateContext: updateContainer,
		DeleteContext: deleteContainer,
		Importer:      &schema.ResourceImporter{StateContext: schema.ImportStatePassthroughContext},
		Timeouts: &schema.ResourceTimeout{
			Create: twentyMinutes, Update: twentyMinutes, Delete: twentyMinutes,
		},
		Schema: containerFields(),
	}
}
