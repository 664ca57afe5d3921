package docker

import "github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

var ipamFields = fields{
	"subnet":      text(replaces),
	"ip_range":    text(replaces),
	"gateway":     text(replaces),
	"aux_address": textMap(replaces),
}

// networkResource: every input replaces. What the engine fills in (driver, options, ipam) is computed, so that it gives
// no difference when the program says nothing.
func networkResource() *schema.Resource {
	return &schema.Resource{
		SchemaVersion: 1,
		CreateContext: createNetwork,
		ReadContext:   readNetwork,
		DeleteContext: deleteNetwork,
		Importer:      &schema.ResourceImporter{StateContext: schema.ImportStatePassthroughContext},
		Schema: fields{
			"name":         text(required, replaces),
			"labels":       setOf(labelFields, replaces),
			"driver":       text(computed, replaces),
			"options":      textMap(computed, replaces),
			"internal":     boolean(computed, replaces),
			"attachable":   boolean(replaces),
			"ingress":      boolean(replaces),
			"ipv6":         boolean(replaces),
			"ipam_driver":  text(byDefault("default"), replaces),
			"ipam_options": textMap(replaces),
			"ipam_config":  setOf(ipamFields, computed, replaces),
			"scope":        text(output),
		},
	}
}
