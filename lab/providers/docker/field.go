package docker

import (
	"fmt"
	"regexp"
	"time"

	"github.com/hashicorp/go-cty/cty"
	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

type fields = map[string]*schema.Schema

type option func(*schema.Schema)

// field is an optional property unless an option says otherwise.
func field(kind schema.ValueType, options ...option) *schema.Schema {
	s := &schema.Schema{Type: kind, Optional: true}
	for _, apply := range options {
		apply(s)
	}
	return s
}

func text(options ...option) *schema.Schema    { return field(schema.TypeString, options...) }
func boolean(options ...option) *schema.Schema { return field(schema.TypeBool, options...) }
func integer(options ...option) *schema.Schema { return field(schema.TypeInt, options...) }
func textMap(options ...option) *schema.Schema { return field(schema.TypeMap, options...) }

func textSet(options ...option) *schema.Schema {
	s := field(schema.TypeSet, options...)
	s.Elem, s.Set = &schema.Schema{Type: schema.TypeString}, schema.HashString
	return s
}

func textList(options ...option) *schema.Schema {
	s := field(schema.TypeList, options...)
	s.Elem = &schema.Schema{Type: schema.TypeString}
	return s
}

func setOf(elements fields, options ...option) *schema.Schema {
	s := field(schema.TypeSet, options...)
	s.Elem = &schema.Resource{Schema: elements}
	return s
}

func listOf(elements fields, options ...option) *schema.Schema {
	s := field(schema.TypeList, options...)
	s.Elem = &schema.Resource{Schema: elements}
	return s
}

// replaces: a change makes a new resource.
func replaces(s *schema.Schema) { s.ForceNew = true }

func required(s *schema.Schema) { s.Required, s.Optional = true, false }

// computed: what the engine says stands where the program says nothing, and is then no difference.
func computed(s *schema.Schema) { s.Computed = true }

// output: only ever the engine's word.
func output(s *schema.Schema) { s.Computed, s.Optional = true, false }

// sensitive: secret in the state.
func sensitive(s *schema.Schema) { s.Sensitive = true }

func one(s *schema.Schema) { s.MaxItems = 1 }

func byDefault(value any) option { return func(s *schema.Schema) { s.Default = value } }

// emptyIsAnything: an empty text stands for whatever the image says.
func emptyIsAnything(s *schema.Schema) {
	s.DiffSuppressFunc = func(_, before, after string, _ *schema.ResourceData) bool {
		return after == "" || before == after
	}
}

func valid(check func(value any) error) option {
	return func(s *schema.Schema) {
		s.ValidateDiagFunc = func(value any, _ cty.Path) diag.Diagnostics {
			if err := check(value); err != nil {
				return diag.Diagnostics{{Severity: diag.Error, Summary: err.Error(), Detail: err.Error()}}
			}
			return nil
		}
	}
}

func atLeast(least int) option {
	return valid(func(value any) error {
		if value.(int) < least {
			return fmt.Errorf("'%v' cannot be lower than %d", value, least)
		}
		return nil
	})
}

func matching(pattern string) option {
	expression := regexp.MustCompile(pattern)
	return valid(func(value any) error {
		if !expression.MatchString(value.(string)) {
			return fmt.Errorf("'%v' doesn't match the pattern '%s'", value, pattern)
		}
		return nil
	})
}

func absolutePath(s *schema.Schema) {
	expression := regexp.MustCompile(`^[a-zA-Z]:[\\/]|^/`)
	valid(func(value any) error {
		if !expression.MatchString(value.(string)) {
			return fmt.Errorf("'%v' must be an absolute path", value)
		}
		return nil
	})(s)
}

func duration(s *schema.Schema) {
	valid(func(value any) error {
		switch length, err := time.ParseDuration(value.(string)); {
		case err != nil:
			return fmt.Errorf("'%v' is not a valid duration", value)
		case length < 0:
			return fmt.Errorf("'%v' duration must not be negative", value)
		}
		return nil
	})(s)
}
