using System.Reflection;
using Formwork.Generator.Lowering;
using Formwork.Generator.Model;
using Formwork.Generator.Parsing;

namespace Formwork.Generator.Tests;

/// <summary>What the generator caches is plain data, and what it mirrors stays equal to the runtime.</summary>
public class ModelTests
{
    [Theory]
    [InlineData(typeof(ParseResult))]
    [InlineData(typeof(TransformerSpec))]
    [InlineData(typeof(ExecutionPlan))]
    [InlineData(typeof(Emission.GeneratedFile))]
    public void Cached_models_hold_plain_data_only(Type root)
    {
        var seen = new HashSet<Type>();
        var open = new Queue<Type>([root]);
        while (open.TryDequeue(out Type? type))
        {
            if (!seen.Add(type) || type.IsPrimitive || type.IsEnum || type == typeof(string))
            {
                continue;
            }

            Assert.False(type.Namespace!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal), $"{type} is reachable from {root.Name}.");
            bool isData = type.IsArray || Nullable.GetUnderlyingType(type) is not null || type.Namespace.StartsWith("Formwork.Generator", StringComparison.Ordinal);
            Assert.True(isData, $"{type}, reachable from {root.Name}, is not plain data.");
            if (type.IsArray)
            {
                open.Enqueue(type.GetElementType()!);
                continue;
            }

            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            {
                Assert.True(field.IsInitOnly || type.IsGenericType, $"{type.Name}.{field.Name} can change.");
                open.Enqueue(field.FieldType);
            }

            foreach (Type derived in type.Assembly.GetTypes().Where(candidate => candidate.BaseType == type && type.IsAbstract))
            {
                open.Enqueue(derived);
            }
        }
    }

    [Theory]
    [InlineData(typeof(Model.NormKind), typeof(NormKind))]
    [InlineData(typeof(Model.NormPlacement), typeof(NormPlacement))]
    [InlineData(typeof(Model.PositionEncoding), typeof(PositionEncoding))]
    [InlineData(typeof(Model.ActivationFunction), typeof(ActivationFunction))]
    [InlineData(typeof(Model.WeightType), typeof(WeightType))]
    [InlineData(typeof(Model.DecodingFeatures), typeof(DecodingFeatures))]
    public void Axes_mirror_the_runtime(Type mirror, Type original)
    {
        Assert.Equal(Enum.GetNames(original), Enum.GetNames(mirror));
        Assert.Equal(Values(original), Values(mirror));
    }

    [Fact]
    public void Families_mirror_the_runtime() => Assert.Equal(
        Enum.GetValues<Family>().Select(static family => (family.ToString(), (int)family)),
        FamilySpec.All.Select(static family => (family.Name, family.Value)));

    [Fact]
    public void Element_types_mirror_the_runtime()
    {
        string[] known = [.. Enum.GetValues<Weights.SafetensorsDType>().Select(static type => type.ToString().ToUpperInvariant().Replace("_", "", StringComparison.Ordinal))];
        Assert.Equal(known, Generator.Manifests.ElementTypes.All.Select(static name => name.Replace("_", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Layout_constants_mirror_the_runtime()
    {
        Assert.Equal(Kernels.PanelLayout.Width, Constant(typeof(PackedMatrix), "PanelWidth"));
        Assert.Equal(Kernels.AttentionCache.PositionBlock, Constant(typeof(ModelSizes), "PositionBlock"));
        Assert.Equal(Kernels.RelativeBias.Padding, Constant(typeof(RelativeTable), "Padding"));
        Assert.Equal(TransformerAttribute.DefaultStackBudget, Constant(typeof(AxisParser), "DefaultStackBudget"));
    }

    [Fact]
    public void Packed_sizes_mirror_the_runtime()
    {
        foreach ((int outputs, int inputs) in (ReadOnlySpan<(int, int)>)[(1, 1), (32, 8), (33, 9), (31, 31), (64, 32), (100, 33), (59514, 512), (2_000_000, 65_536)])
        {
            Assert.Equal(Kernels.PanelLayout.Bytes<Kernels.Float32>(outputs, inputs), PackedMatrix.Bytes(Model.WeightType.Float32, outputs, inputs));
            Assert.Equal(Kernels.PanelLayout.Bytes<Kernels.BFloat16>(outputs, inputs), PackedMatrix.Bytes(Model.WeightType.BFloat16, outputs, inputs));
            Assert.Equal(Kernels.PanelLayout.Bytes<Kernels.Float16>(outputs, inputs), PackedMatrix.Bytes(Model.WeightType.Float16, outputs, inputs));
            Assert.Equal(Kernels.PanelLayout.Bytes<Kernels.Int8>(outputs, inputs), PackedMatrix.Bytes(Model.WeightType.Int8, outputs, inputs));
            Assert.Equal(Kernels.PanelLayout.Bytes<Kernels.Int4>(outputs, inputs), PackedMatrix.Bytes(Model.WeightType.Int4, outputs, inputs));
        }
    }

    [Fact]
    public void Every_attribute_option_is_read_by_the_parser()
    {
        string parsing = string.Concat(Directory.EnumerateFiles(RepositoryFolder.Get("generator", "Formwork.Generator", "Parsing"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        foreach (PropertyInfo option in typeof(TransformerAttribute).GetProperties().Where(static property => property.CanWrite))
        {
            // Options of one stack are read as stack + name.
            string name = option.Name;
            string tail = name.StartsWith("Encoder", StringComparison.Ordinal) || name.StartsWith("Decoder", StringComparison.Ordinal) ? name[7..] : name;
            Assert.True(parsing.Contains($"\"{name}\"", StringComparison.Ordinal) || parsing.Contains($"\"{tail}\"", StringComparison.Ordinal), $"{name} is never read.");
        }
    }

    private static int[] Values(Type type) => [.. Enum.GetValues(type).Cast<object>().Select(static value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture))];

    private static object? Constant(Type type, string name) => type.GetField(name, BindingFlags.Static | BindingFlags.NonPublic)!.GetRawConstantValue();
}
