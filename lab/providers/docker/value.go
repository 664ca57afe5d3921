package docker

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// object is one element of a nested block.
type object = map[string]any

// get is what the program or the state says, or the zero value of its kind.
func get[T any](d *schema.ResourceData, name string) T { return d.Get(name).(T) }

func elements(d *schema.ResourceData, name string) []object {
	switch value := d.Get(name).(type) {
	case *schema.Set:
		return objects(value.List())
	case []any:
		return objects(value)
	}
	return nil
}

func objects(list []any) []object {
	result := make([]object, 0, len(list))
	for _, element := range list {
		if o, ok := element.(object); ok {
			result = append(result, o)
		}
	}
	return result
}

// texts is a list or set of strings; nil when there is none, so that the engine's own default stays.
func texts(value any) []string {
	var list []any
	switch value := value.(type) {
	case *schema.Set:
		list = value.List()
	case []any:
		list = value
	}
	var result []string
	for _, element := range list {
		s, _ := element.(string)
		result = append(result, s)
	}
	return result
}

func textsByName(value any) map[string]string {
	raw, _ := value.(object)
	if len(raw) == 0 {
		return nil
	}
	result := make(map[string]string, len(raw))
	for name, element := range raw {
		result[name], _ = element.(string)
	}
	return result
}

var labelFields = fields{"label": text(required, replaces), "value": text(required, replaces)}

// labelsOf hashes labels by their names alone, as the official provider does.
func labelHash(value any) int { return schema.HashString(value.(object)["label"].(string)) }

func labelMap(value any) map[string]string {
	set, ok := value.(*schema.Set)
	if !ok || set.Len() == 0 {
		return nil
	}
	result := map[string]string{}
	for _, label := range objects(set.List()) {
		result[label["label"].(string)] = label["value"].(string)
	}
	return result
}

func labelSet(labels map[string]string) *schema.Set {
	set := schema.NewSet(labelHash, nil)
	for name, value := range labels {
		set.Add(object{"label": name, "value": value})
	}
	return set
}

// saysAny tells whether an engine's error text holds one of these, in any case.
func saysAny(err error, parts ...string) bool {
	message := strings.ToLower(err.Error())
	return slices.ContainsFunc(parts, func(part string) bool {
		return strings.Contains(message, strings.ToLower(part))
	})
}

// setAll writes what was read into the state.
func setAll(d *schema.ResourceData, values object) error {
	for name, value := range values {
		if err := d.Set(name, value); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}
