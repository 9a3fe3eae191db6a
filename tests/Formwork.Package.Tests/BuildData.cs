using System.Reflection;

namespace Formwork.Package.Tests;

/// <summary>What the build told this assembly about itself.</summary>
internal static class BuildData
{
    /// <summary>A property of the build by its name.</summary>
    public static string Get(string name) =>
        typeof(BuildData).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == name).Value ?? string.Empty;
}
