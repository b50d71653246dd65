import type { JsonSchema } from '../api/types.ts';

/** A field of a form, made from one property of a schema. */
export interface Field {
  name: string;
  title: string;
  help: string;
  kind: 'choice' | 'number' | 'integer' | 'switch' | 'text' | 'list';
  choices: string[];
  /** Of numbers. */
  low?: number;
  high?: number;
  /** The default as text; empty where there is none. */
  normal: string;
}

export function fields(schema: JsonSchema): Field[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const one = property.type === 'array' ? (property.items ?? {}) : property;
    const field: Field = {
      name,
      title: property.title ?? words(name),
      help: property.description ?? '',
      kind: kindOf(property),
      choices: (one.enum ?? []).map(String),
      normal: text(property.default),
    };
    if (one.minimum !== undefined) field.low = one.minimum;
    if (one.maximum !== undefined) field.high = one.maximum;
    return field;
  });
}

function kindOf(property: JsonSchema): Field['kind'] {
  const type = Array.isArray(property.type) ? property.type.find((one) => one !== 'null') : property.type;
  if (type === 'array') {
    return 'list';
  }
  if (property.enum !== undefined) {
    return 'choice';
  }
  switch (type) {
    case 'integer':
      return 'integer';
    case 'number':
      return 'number';
    case 'boolean':
      return 'switch';
    default:
      return 'text';
  }
}

function words(name: string): string {
  const spaced = name.replace(/([A-Z])/g, ' $1').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** A value as a user reads it; empty where there is none. */
export function text(value: unknown): string {
  if (Array.isArray(value)) {
    return value.join(', ');
  }
  return value === undefined || value === null ? '' : String(value);
}

/** The texts of fields that hold these options. */
export function filled(options: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, text(value)]));
}

/** What was typed as JSON; fields that stand at their default are left to the server. */
export function options(list: readonly Field[], typed: Readonly<Record<string, string>>): Record<string, unknown> {
  const chosen: Record<string, unknown> = {};
  for (const field of list) {
    const value = (typed[field.name] ?? field.normal).trim();
    if (value !== field.normal && value !== '') {
      chosen[field.name] = valueOf(field, value);
    }
  }
  return chosen;
}

function valueOf(field: Field, value: string): unknown {
  switch (field.kind) {
    case 'integer':
    case 'number':
      return Number(value);
    case 'switch':
      return value === 'true';
    case 'list':
      return value.split(',').map((part) => part.trim()).filter((part) => part !== '');
    case 'choice':
    case 'text':
      return value;
  }
}

/** What is wrong with a value before it is sent, as a sentence; empty where nothing is. */
export function complaint(field: Field, value: string): string {
  if ((field.kind !== 'number' && field.kind !== 'integer') || value.trim() === '') {
    return '';
  }
  const typed = Number(value);
  if (Number.isNaN(typed) || (field.kind === 'integer' && !Number.isInteger(typed))) {
    return `${value} is no ${field.kind === 'integer' ? 'whole ' : ''}number.`;
  }
  if (typed < (field.low ?? -Infinity) || typed > (field.high ?? Infinity)) {
    return `${value} is out of range; ${field.low ?? 'any number'} to ${field.high ?? 'any number'} is expected.`;
  }
  return '';
}
