"""The terms a shape may be written with: SHACL Core and SHACL-SPARQL, by local name.

Those of the Advanced Features and of SHACL-JS are not among them: nothing here would apply such a shape.
Source: Shapes Constraint Language (SHACL), W3C Recommendation of 20 July 2017.
"""

from __future__ import annotations

TERMS = frozenset(
    """
    NodeShape PropertyShape Shape PropertyGroup PrefixDeclaration Parameter Parameterizable
    ConstraintComponent SPARQLConstraint SPARQLConstraintComponent Validator SPARQLAskValidator SPARQLSelectValidator
    SPARQLExecutable SPARQLAskExecutable SPARQLSelectExecutable
    NodeKind BlankNode IRI Literal BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral
    Severity Info Warning Violation
    targetClass targetNode targetObjectsOf targetSubjectsOf
    deactivated message severity name description order group defaultValue
    path alternativePath inversePath oneOrMorePath zeroOrMorePath zeroOrOnePath
    and class closed datatype disjoint equals flags hasValue ignoredProperties in languageIn lessThan lessThanOrEquals
    maxCount maxExclusive maxInclusive maxLength minCount minExclusive minInclusive minLength node nodeKind not or
    pattern property qualifiedMaxCount qualifiedMinCount qualifiedValueShape qualifiedValueShapesDisjoint
    uniqueLang xone
    sparql select ask prefixes declare prefix namespace parameter optional labelTemplate
    validator nodeValidator propertyValidator
    shapesGraph suggestedShapesGraph entailment
    """.split()  # noqa: SIM905 a list literal would take a page
)
