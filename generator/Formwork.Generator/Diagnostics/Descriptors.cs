using Microsoft.CodeAnalysis;

namespace Formwork.Generator.Diagnostics;

/// <summary>Every diagnostic of the generator. Each has a help page <c>docs/diagnostics/FWnnnn.md</c>.</summary>
internal static class Descriptors
{
    private const string Category = "Formwork";
    private const string HelpPages = "docs/diagnostics/";

    public static readonly DiagnosticDescriptor NotPartial = new(
        "FW0001",
        "The declared type is not partial",
        "'{0}' must be partial, since the model is generated into it: write '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0001.md");

    public static readonly DiagnosticDescriptor UnsupportedType = new(
        "FW0002",
        "The declared type cannot hold a model",
        "'{0}' is {1}, which a generated model cannot be: declare a plain, non-generic class such as 'public sealed partial class {2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0002.md");

    public static readonly DiagnosticDescriptor MissingOption = new(
        "FW0003",
        "A needed option is missing",
        "The shape of '{0}' is incomplete: add '{1}' to [Transformer] ({2})",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0003.md");

    public static readonly DiagnosticDescriptor LanguageVersion = new(
        "FW0004",
        "The C# version is too old",
        "Generated models need C# 13 or newer and this project compiles as C# {0}: set '<LangVersion>13</LangVersion>' or remove LangVersion and target net9.0 or newer",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0004.md");

    public static readonly DiagnosticDescriptor HeadsDoNotDivide = new(
        "FW0101",
        "The heads do not divide the width",
        "{0} = {1} does not divide ModelDim = {2}: the nearest head counts that do are {3}; or give HeadDim where the heads' width is not ModelDim / Heads",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0101.md");

    public static readonly DiagnosticDescriptor BadDimension = new(
        "FW0102",
        "A dimension is out of range",
        "{0} is {1}: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0102.md");

    public static readonly DiagnosticDescriptor WidthsDiffer = new(
        "FW0103",
        "Encoder and decoder widths differ",
        "Cross-attention joins an encoder of width {0} to a decoder of width {1}, and family {2} has no projection between them: give both the same ModelDim",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0103.md");

    public static readonly DiagnosticDescriptor OddHeadDim = new(
        "FW0104",
        "The head dimension is not a multiple of 8",
        "HeadDim = {0} is not a multiple of 8: the result is right, but attention cannot fill its vector registers; a multiple of 16 is fastest",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0104.md");

    public static readonly DiagnosticDescriptor SharedVocabulary = new(
        "FW0105",
        "A shared embedding needs one vocabulary",
        "Family {0} shares one embedding between source and target, but SourceVocabSize = {1} and TargetVocabSize = {2}: give VocabSize alone, or say 'ShareEmbeddings = false'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0105.md");

    public static readonly DiagnosticDescriptor BeyondPositions = new(
        "FW0106",
        "A length exceeds the learned positions",
        "{0} = {1}, but the learned position table has {2} positions: lower {0} to at most {2}, or correct MaxPositions",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0106.md");

    public static readonly DiagnosticDescriptor Unsupported = new(
        "FW0107",
        "The combination of options is not supported",
        "{0}: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0107.md");

    public static readonly DiagnosticDescriptor DecodingDefaults = new(
        "FW0108",
        "A configuration sets defaults of decoding",
        "{0} sets defaults of decoding, {1}: {2}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0108.md");

    public static readonly DiagnosticDescriptor Overridden = new(
        "FW0109",
        "An option overrides the configuration",
        "{0} = {1} overrides {2} = {3} of {4}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0109.md");

    public static readonly DiagnosticDescriptor LanguagesLeftOut = new(
        "FW0110",
        "Languages are left out",
        "The Language enumeration leaves out what {0} has: {1}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0110.md");

    public static readonly DiagnosticDescriptor FileNotFound = new(
        "FW0201",
        "A named file is not there",
        "'{0}' cannot be used: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0201.md");

    public static readonly DiagnosticDescriptor FileUnreadable = new(
        "FW0202",
        "A named file cannot be read",
        "'{0}' cannot be read, line {1}: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0202.md");

    public static readonly DiagnosticDescriptor TensorMissing = new(
        "FW0203",
        "A tensor is missing",
        "'{0}' lists no tensor {1} of shape {2}, which {3} needs{4}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0203.md");

    public static readonly DiagnosticDescriptor TensorShapeDiffers = new(
        "FW0204",
        "A tensor has another shape",
        "Tensor {0} has the shape {1} and {2} needs {3}{4}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0204.md");

    public static readonly DiagnosticDescriptor TensorUnexpected = new(
        "FW0205",
        "A tensor is not used",
        "'{0}' lists {1} that {2} does not use: {3}; the declaration has fewer layers than the file, or another family, and would compute something else than the model that was trained",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0205.md");

    public static readonly DiagnosticDescriptor TensorTypeUnsupported = new(
        "FW0206",
        "A tensor has a type that is not loaded",
        "Tensor {0} is stored as {1}, and weights are loaded from F32, F16 and BF16: convert it to one of these; models that are quantised already are not read",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0206.md");

    public static readonly DiagnosticDescriptor TiedTensorsDiffer = new(
        "FW0207",
        "Tied tensors differ",
        "Tensors {0} and {1} are one tied tensor in {2} and differ in the file: declare separate tables if the family has them, or remove the tensor that is not used",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0207.md");

    public static readonly DiagnosticDescriptor ScratchMoved = new(
        "FW0301",
        "Scratch exceeds the stack budget",
        "The scratch of {0} ({1} bytes, the largest slot is {2} with {3}) takes its chain of calls to {4} bytes of stack, over StackBudget = {5}: it lives in the state instead; raise StackBudget to {4} to keep it on the stack, or suppress this to accept",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0301.md");

    public static readonly DiagnosticDescriptor StackOnlyExceeded = new(
        "FW0302",
        "The model does not fit the stack",
        "StackOnly is set, but {0} takes {1} bytes (the largest slot is {2} with {3}), {4} in all, over StackBudget = {5}: raise StackBudget to {4}, shorten SourceLength and TargetLength, or drop StackOnly",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0302.md");

    public static readonly DiagnosticDescriptor StateOverBudget = new(
        "FW0304",
        "The state exceeds its budget",
        "The {0} takes {1} bytes, over StateBudget = {2} (the largest parts are {3}): {4}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0304.md");

    public static readonly DiagnosticDescriptor WeightsOverBudget = new(
        "FW0306",
        "The weights exceed their budget",
        "The packed weights take {0} bytes, over WeightBudget = {1} (the largest are {2}): {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0306.md");

    public static readonly DiagnosticDescriptor BadProperty = new(
        "FW0402",
        "A build property has no such value",
        "The property {0} is '{1}', so no plan report is written: {2}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0402.md");

    public static readonly DiagnosticDescriptor GeneratorFailed = new(
        "FW0900",
        "The generator failed",
        "Formwork could not generate '{0}'; this is a bug in Formwork, please report it with the declaration: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages + "FW0900.md");

    /// <summary>Every descriptor, for lookup by id and for tests.</summary>
    public static readonly IReadOnlyList<DiagnosticDescriptor> All =
    [
        NotPartial, UnsupportedType, MissingOption, LanguageVersion, HeadsDoNotDivide, BadDimension, WidthsDiffer, OddHeadDim,
        SharedVocabulary, BeyondPositions, Unsupported, DecodingDefaults, Overridden, LanguagesLeftOut, FileNotFound, FileUnreadable,
        TensorMissing, TensorShapeDiffers, TensorUnexpected, TensorTypeUnsupported, TiedTensorsDiffer, ScratchMoved, StackOnlyExceeded, StateOverBudget, WeightsOverBudget, BadProperty, GeneratorFailed,
    ];

    /// <summary>Finds a descriptor by its id.</summary>
    public static DiagnosticDescriptor ById(string id) => All.Single(descriptor => descriptor.Id == id);
}
