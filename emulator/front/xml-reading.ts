import { escapeXml } from './wire-format';

/** One element of a parsed XML document. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface OpenElement {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/**
 * Reads XML as moto_server writes it: elements and text. Attributes, comments, declarations and
 * white space between elements are ignored; there is no support for CDATA.
 */
export function readXml(source: string): XmlElement {
  const root: OpenElement = { name: '', text: '', children: [] };
  const stack: OpenElement[] = [root];
  for (const [, closing, name, selfClosing, text] of source.matchAll(
    /<(?:(\/)?([\w:.-]+)[^<>]*?(\/)?|[?!][^<>]*)>|([^<]+)/g,
  )) {
    const current = stack[stack.length - 1] ?? root;
    if (text !== undefined) current.text += decodeEntities(text);
    else if (name !== undefined && closing === '/') closeElement(stack);
    else if (name !== undefined) openElement(stack, current, name, selfClosing === '/');
  }
  return root.children[0] ?? root;
}

function openElement(
  stack: OpenElement[],
  parent: OpenElement,
  name: string,
  selfClosing: boolean,
): void {
  const element: OpenElement = { name, text: '', children: [] };
  parent.children.push(element);
  if (!selfClosing) stack.push(element);
}

function closeElement(stack: OpenElement[]): void {
  if (stack.length > 1) stack.pop();
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return ENTITIES[name] ?? whole;
  });
}

/** The first element at a path of names below `element`. */
export function elementAt(
  element: XmlElement | undefined,
  ...path: readonly string[]
): XmlElement | undefined {
  let current = element;
  for (const name of path) current = current?.children.find((child) => child.name === name);
  return current;
}

/** The text at a path of names below `element`; `''` when there is no such element. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string {
  return elementAt(element, ...path)?.text.trim() ?? '';
}

/** The children of the element at a path. */
export function childrenAt(
  element: XmlElement | undefined,
  ...path: readonly string[]
): readonly XmlElement[] {
  return elementAt(element, ...path)?.children ?? [];
}

/** Writes an element back; text beside child elements is left out, as are attributes. */
export function writeXml(element: XmlElement): string {
  const inner =
    element.children.length > 0
      ? element.children.map(writeXml).join('')
      : escapeXml(element.text.trim());
  return `<${element.name}>${inner}</${element.name}>`;
}

/** An element with text. */
export function textElement(name: string, text: string): XmlElement {
  return { name, text, children: [] };
}

/** A copy in which every element for which `change` returns something is replaced by that. */
export function changeXml(
  element: XmlElement,
  change: (element: XmlElement) => XmlElement | undefined,
): XmlElement {
  const children = element.children.map((child) => changeXml(child, change));
  const copy = { ...element, children };
  return change(copy) ?? copy;
}
