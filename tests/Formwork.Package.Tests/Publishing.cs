namespace Formwork.Package.Tests;

/// <summary>Tests that publish take a processor and a gigabyte each, and build the same projects: one after another.</summary>
[CollectionDefinition(Name)]
public sealed class Publishing
{
    internal const string Name = "publishing";
}
