using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Formwork.Generation;
using Formwork.Generator.Lowering;
using Formwork.Generator.Model;
using Formwork.Generator.Parsing;
using Formwork.Generator.Parsing.Files;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Formwork.Generator.Tests.Families;

/// <summary>
/// A family's recorded models, declared by their <c>config.json</c>, generated, compiled and loaded. Calls that keep each layer's output are added to
/// the generated text, so that the layers run exactly as they are generated.
/// </summary>
internal sealed class FamilyModels : IDisposable
{
    private readonly AssemblyLoadContext _context = new("families", isCollectible: true);
    private readonly Assembly _assembly;
    private readonly Dictionary<string, ExecutionPlan> _plans = [];

    /// <param name="cases">The cases.</param>
    /// <param name="options">Options beside the file's name: a fault that a comparison must find.</param>
    public FamilyModels(IEnumerable<FamilyCase> cases, string options = "")
        : this(cases.Select(item => (item, options)))
    {
    }

    /// <param name="declarations">The cases, no two of the same index, with options of each.</param>
    public FamilyModels(IEnumerable<(FamilyCase Case, string Options)> declarations)
    {
        (FamilyCase Case, string Options)[] declared = [.. declarations];
        FamilyCase[] all = [.. declared.Select(static item => item.Case)];
        BuildInputs inputs = all.Aggregate(BuildInputs.None, static (inputs, item) => inputs.WithFile("/models/" + item.ConfigPath, item.Config));
        inputs = all.Where(static item => item.Generation is not null).Aggregate(inputs, static (inputs, item) =>
            inputs.WithFile($"/models/{item.ConfigPath.Replace("config", "generation_config", StringComparison.Ordinal)}", item.Generation!));
        string source = "using Formwork;\nusing Formwork.Generation;\n" + string.Join('\n', declared.Select(static item => Source(item.Case, item.Options)));
        CSharpCompilation compilation = GeneratorHarness.Compile(LanguageVersion.CSharp13, allowUnsafe: false, source);
        TransformerGenerator generator = new(Remember, Emission.PlanEmission.Emit);
        GeneratorDriver driver = CSharpGeneratorDriver
            .Create([generator.AsSourceGenerator()], inputs.Files, (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGenerators(compilation);
        Assert.DoesNotContain(driver.GetRunResult().Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        CSharpParseOptions parse = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
        compilation = compilation.AddSyntaxTrees(driver.GetRunResult().GeneratedTrees.Select(tree => CSharpSyntaxTree.ParseText(Traced(tree.ToString()), parse, tree.FilePath)));
        using var stream = new MemoryStream();
        EmitResult result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5)));
        stream.Position = 0;
        _context.Resolving += static (_, name) => name.Name == typeof(TransformerAttribute).Assembly.GetName().Name ? typeof(TransformerAttribute).Assembly : null;
        _assembly = _context.LoadFromStream(stream);
    }

    /// <summary>What is generated for a case.</summary>
    public ExecutionPlan Plan(FamilyCase item) => _plans[item.TypeName];

    /// <summary>The weights of a case, each tensor under the first of its names.</summary>
    public DrawnTensor[] Tensors(FamilyCase item) =>
        [.. DrawnWeights.Tensors(Plan(item).Weights, item.Record.GetProperty("seed").GetUInt64(), item.Record.GetProperty("gain").GetDouble())];

    /// <summary>The weights of a case as a file.</summary>
    /// <param name="item">The case.</param>
    /// <param name="stray">A tensor that is in the file too, or null.</param>
    public byte[] Weights(FamilyCase item, string? stray = null) =>
        DrawnWeights.File(Plan(item).Weights, item.Record.GetProperty("seed").GetUInt64(), item.Record.GetProperty("gain").GetDouble(), stray);

    /// <summary>Encoder layers' outputs [layer][rows · width], and the encoder's.</summary>
    public float[][] Encode(FamilyCase item) => Method<Func<byte[], int[], float[][]>>(item, "EncoderTrace")(Weights(item), item.Source);

    /// <summary>Decoder layers' outputs at every position [position][layer][width] and its logits last, for the recorded ids.</summary>
    public float[][][] Decode(FamilyCase item) => Method<Func<byte[], int[], int[], float[][][]>>(item, "DecoderTrace")(Weights(item), item.Source, item.Ids);

    /// <summary>A greedy target.</summary>
    public int[] Generate(FamilyCase item, int limit, string? stray = null) => Generate(item, item.Source, limit, stray);

    /// <summary>A greedy target of a source.</summary>
    public int[] Generate(FamilyCase item, int[] source, int limit, string? stray = null) => Method<Func<byte[], int[], int, int[]>>(item, "Greedy")(Weights(item, stray), source, limit);

    /// <summary>Log-probabilities of the recorded ids.</summary>
    public float[] Score(FamilyCase item) => Method<Func<byte[], int[], int[], float[]>>(item, "Scores")(Weights(item), item.Source, item.Ids);

    /// <summary>A search.</summary>
    public ScoredTarget Search(FamilyCase item, GenerationOptions options) => Method<Func<byte[], int[], GenerationOptions, ScoredTarget>>(item, "Best")(Weights(item), item.Source, options);

    /// <summary>Logits behind the start token and behind each but the last of some ids, with other weights.</summary>
    public float[][] Logits(FamilyCase item, IEnumerable<DrawnTensor> tensors, int count = 4) =>
        [.. Method<Func<byte[], int[], int[], float[][][]>>(item, "DecoderTrace")(DrawnWeights.Safetensors(tensors), item.Source, item.Ids[..count]).Select(static position => position[^1])];

    /// <summary>Logits behind the start token with the weights of a file.</summary>
    public float[] Logits(FamilyCase item, string path) => Method<Func<string, int[], float[]>>(item, "OfFile")(path, item.Source);

    /// <summary>A greedy target with other weights.</summary>
    public int[] Generate(FamilyCase item, IEnumerable<DrawnTensor> tensors, int limit) => Method<Func<byte[], int[], int, int[]>>(item, "Greedy")(DrawnWeights.Safetensors(tensors), item.Source, limit);

    /// <summary>Log-probabilities of a target with other weights.</summary>
    public float[] Score(FamilyCase item, IEnumerable<DrawnTensor> tensors, int[] ids) => Method<Func<byte[], int[], int[], float[]>>(item, "Scores")(DrawnWeights.Safetensors(tensors), item.Source, ids);

    /// <summary>A search with other weights.</summary>
    public ScoredTarget Search(FamilyCase item, IEnumerable<DrawnTensor> tensors, GenerationOptions options) =>
        Method<Func<byte[], int[], GenerationOptions, ScoredTarget>>(item, "Best")(DrawnWeights.Safetensors(tensors), item.Source, options);

    /// <summary>A search by the generated default options.</summary>
    public ScoredTarget[] SearchByDefault(FamilyCase item, int[] source) => Method<Func<byte[], int[], ScoredTarget[]>>(item, "ByDefault")(Weights(item), source);

    public void Dispose() => _context.Unload();

    private static string Source(FamilyCase item, string options) => $$"""
        [Transformer("{{item.ConfigPath}}", MaxBeams = 4{{(options.Length > 0 ? ", " + options : string.Empty)}})]
        public sealed partial class {{item.TypeName}}
        {
            internal static readonly System.Collections.Generic.List<float[]> Trace = new();

            public static float[][] EncoderTrace(byte[] weights, int[] source)
            {
                using var model = Load(weights);
                using var memory = model.CreateState();
                State state = memory;
                Trace.Clear();
                model.Encode(source, state);
                Trace.Add(state.EncoderHidden.Slice(0, source.Length * ModelDim).ToArray());
                return Trace.ToArray();
            }

            public static float[][][] DecoderTrace(byte[] weights, int[] source, int[] ids)
            {
                using var model = Load(weights);
                using var memory = model.CreateState();
                State state = memory;
                model.Encode(source, state);
                model.PrecomputeCrossCache(state);
                float[][][] positions = new float[ids.Length][][];
                for (int position = 0; position < ids.Length; position++)
                {
                    Trace.Clear();
                    float[] logits = new float[TargetVocabSize];
                    model.DecodeStep(position == 0 ? StartToken : ids[position - 1], state, logits);
                    Trace.Add(logits);
                    positions[position] = Trace.ToArray();
                }

                return positions;
            }

            public static float[] OfFile(string weights, int[] source)
            {
                using var model = Load(weights);
                using var memory = model.CreateState();
                State state = memory;
                model.Encode(source, state);
                model.PrecomputeCrossCache(state);
                float[] logits = new float[TargetVocabSize];
                model.DecodeStep(StartToken, state, logits);
                return logits;
            }

            public static int[] Greedy(byte[] weights, int[] source, int limit)
            {
                using var model = Load(weights);
                int[] target = new int[limit];
                return target[..model.Generate(source, target)];
            }

            public static float[] Scores(byte[] weights, int[] source, int[] ids)
            {
                using var model = Load(weights);
                return model.Score(source, ids);
            }

            public static ScoredTarget[] ByDefault(byte[] weights, int[] source)
            {
                using var model = Load(weights);
                return model.Generate(source, DefaultOptions);
            }

            public static ScoredTarget Best(byte[] weights, int[] source, GenerationOptions options)
            {
                using var model = Load(weights);
                return model.Generate(source, options)[0];
            }
        }
        """;

    private static string Traced(string text) => Regex.Replace(
        Regex.Replace(text, @"^( *)EncodeLayer\d+\(state, sourceLength\);$", "$0\n$1Trace.Add(hidden.Slice(0, sourceLength * ModelDim).ToArray());", RegexOptions.Multiline),
        @"^( *)DecodeLayer\d+\(hidden, state, position, sourceLength\);$",
        "$0\n$1Trace.Add(hidden.ToArray());",
        RegexOptions.Multiline);

    private LoweringResult Remember(TransformerSpec spec)
    {
        LoweringResult result = PlanLowering.Lower(spec);
        _plans[spec.Type.Name] = result.Plan!;
        return result;
    }

    private T Method<T>(FamilyCase item, string name)
        where T : Delegate => _assembly.GetType(item.TypeName, throwOnError: true)!.GetMethod(name, BindingFlags.Static | BindingFlags.Public)!.CreateDelegate<T>();
}
