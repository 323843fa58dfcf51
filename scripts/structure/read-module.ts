import { dirname, posix } from 'node:path'
import ts from 'typescript'

/** An import of another file of this repository. */
interface Import {
  /** Its path. */
  readonly target: string
  /** Whether only types come by it: nothing is left of it when the code runs. */
  readonly isType: boolean
}

export interface Named {
  readonly name: string
  readonly lines: number
}

/** What is measured of one file; paths are from the repository's root. */
export interface Module {
  readonly path: string
  readonly lines: number
  /** Lines that hold a comment and nothing else. */
  readonly commentLines: number
  readonly exports: number
  readonly functions: readonly Named[]
  readonly imports: readonly Import[]
}

/** Reads a file by TypeScript's own parser. */
export function readModule(path: string, text: string): Module {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const lineAt = (position: number) => source.getLineAndCharacterOfPosition(position).line
  const functions: Named[] = []
  const imports: Import[] = []
  const visit = (node: ts.Node) => {
    const imported = importOf(node)
    if (imported?.specifier.startsWith('.')) {
      imports.push({ target: posix.join(dirname(path), imported.specifier), isType: imported.isType })
    }
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const lines = lineAt(node.getEnd()) - lineAt(node.getStart()) + 1
      functions.push({ name: nameOf(node), lines })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return {
    path,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    commentLines: commentLinesOf(text, source),
    exports: source.statements.reduce((sum, statement) => sum + exportsOf(statement), 0),
    functions,
    imports,
  }
}

function importOf(node: ts.Node): { readonly specifier: string; readonly isType: boolean } | null {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const clause = node.importClause
    const named = clause?.namedBindings
    const onlyTypes =
      clause !== undefined &&
      (clause.phaseModifier === ts.SyntaxKind.TypeKeyword ||
        (clause.name === undefined &&
          named !== undefined &&
          ts.isNamedImports(named) &&
          named.elements.length > 0 &&
          named.elements.every(({ isTypeOnly }) => isTypeOnly)))
    return { specifier: node.moduleSpecifier.text, isType: onlyTypes }
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, isType: node.isTypeOnly }
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const { literal } = node.argument
    return ts.isStringLiteral(literal) ? { specifier: literal.text, isType: true } : null
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [first] = node.arguments
    return first && ts.isStringLiteral(first) ? { specifier: first.text, isType: false } : null
  }
  return null
}

/** How many names a statement exports. */
function exportsOf(statement: ts.Statement): number {
  if (ts.isExportAssignment(statement)) return 1
  if (ts.isExportDeclaration(statement)) {
    const clause = statement.exportClause
    return clause !== undefined && ts.isNamedExports(clause) ? clause.elements.length : 1
  }
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined
  if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return 0
  return ts.isVariableStatement(statement) ? statement.declarationList.declarations.length : 1
}

function nameOf(node: ts.Node): string {
  if ('name' in node && node.name !== undefined) return (node.name as ts.Node).getText()
  const { parent } = node
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText()
  return 'a function without a name'
}

/** Lines on which a comment stands and no token does. */
function commentLinesOf(text: string, source: ts.SourceFile): number {
  const withComment = new Set<number>()
  const withToken = new Set<number>()
  const mark = (lines: Set<number>, start: number, end: number) => {
    const first = source.getLineAndCharacterOfPosition(start).line
    const last = source.getLineAndCharacterOfPosition(end).line
    for (let line = first; line <= last; line++) lines.add(line)
  }
  const visit = (node: ts.Node) => {
    const comments = [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.getEnd()) ?? []),
    ]
    for (const { pos, end } of comments) mark(withComment, pos, end)
    if (ts.isToken(node) && node.kind !== ts.SyntaxKind.EndOfFileToken) {
      mark(withToken, node.getStart(), node.getEnd())
    }
    for (const child of node.getChildren()) if (!ts.isJSDoc(child)) visit(child)
  }
  visit(source)
  return [...withComment].filter((line) => !withToken.has(line)).length
}
