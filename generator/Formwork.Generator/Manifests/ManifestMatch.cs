using System.Globalization;
using Formwork.Generator.Lowering;
using Formwork.Generator.Model;

namespace Formwork.Generator.Manifests;

/// <summary>Compares a manifest with what a model needs. It finds what loading the file would refuse, as far as names, shapes, types and checksums tell.</summary>
internal sealed class ManifestMatch
{
    private const int NamesInMessage = 5;

    private readonly string _file;
    private readonly string _model;
    private readonly WeightPlan _weights;
    private readonly Dictionary<string, ManifestTensor> _tensors;
    private readonly ManifestTensor[] _unexpected;
    private readonly List<ManifestFinding> _findings = [];
    private readonly List<WeightTensor> _missing = [];
    private readonly bool _isBaseModel;

    private ManifestMatch(string file, string model, WeightPlan weights, WeightManifest manifest)
    {
        _file = file;
        _model = model;
        _weights = weights;
        _tensors = manifest.Tensors.ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
        _isBaseModel = BaseModelNames.AreUsedBy(_tensors, weights);
        var known = new HashSet<string>(weights.Tensors.SelectMany(static tensor => tensor.Names).Select(InFile), StringComparer.Ordinal);
        _unexpected = [.. manifest.Tensors.Where(tensor => !known.Contains(tensor.Name) && !IsIgnored(tensor.Name))];
    }

    /// <summary>Compares.</summary>
    /// <param name="file">The manifest's name, for messages.</param>
    /// <param name="model">The model's name, for messages.</param>
    /// <param name="weights">What the model needs.</param>
    /// <param name="text">The manifest's text.</param>
    public static EquatableArray<ManifestFinding> Check(string file, string model, WeightPlan weights, string text)
    {
        WeightManifest manifest = ManifestReader.Read(text);
        if (manifest.Fault is { } fault)
        {
            return new([new ManifestFinding("FW0202", new([file, Number(fault.Place.Line + 1), fault.Reason]), fault.Place)]);
        }

        var match = new ManifestMatch(file, model, weights, manifest);
        foreach (WeightTensor tensor in weights.Tensors)
        {
            match.Find(tensor);
        }

        match.ReportMissing();
        match.ReportUnexpected();

        // A table that is both looked up and multiplied by is needed twice and wrong once.
        return new(match._findings.Distinct());
    }

    /// <summary>What the file calls a tensor.</summary>
    private string InFile(string name) => _isBaseModel ? BaseModelNames.Of(name) : name;

    private bool IsIgnored(string name) => _weights.Ignored.Select(InFile).Any(pattern => pattern.EndsWith("*", StringComparison.Ordinal)
        ? name.StartsWith(pattern.Substring(0, pattern.Length - 1), StringComparison.Ordinal)
        : name == pattern);

    private void Find(WeightTensor needed)
    {
        ManifestTensor? found = null;
        bool isListed = false;
        foreach (string name in needed.Names.Select(InFile))
        {
            if (!_tensors.TryGetValue(name, out ManifestTensor tensor))
            {
                continue;
            }

            isListed = true;
            if (!Accept(needed, tensor))
            {
                continue;
            }

            if (found is null)
            {
                found = tensor;
            }
            else if (found.Type != tensor.Type || found.Sha256 != tensor.Sha256)
            {
                Report("FW0207", tensor.Place, Quoted.Name(found.Name), Quoted.Name(tensor.Name), _model);
            }
        }

        if (!isListed && !needed.IsOptional && needed.Kind != WeightKind.SinusoidalPositions)
        {
            _missing.Add(needed);
        }
    }

    private bool Accept(WeightTensor needed, ManifestTensor tensor)
    {
        if (!TensorShape.Fits(needed, tensor.Shape))
        {
            Report(
                "FW0204",
                tensor.Place,
                Quoted.Name(tensor.Name),
                ShapeText.Describe(tensor.Shape),
                _model,
                TensorShape.Expected(needed),
                TensorShape.Advice(needed, tensor.Shape));
            return false;
        }

        if (!ElementTypes.IsReadable(tensor.Type))
        {
            Report("FW0206", tensor.Place, Quoted.Name(tensor.Name), tensor.Type);
            return false;
        }

        return true;
    }

    private void ReportMissing()
    {
        if (_missing.Count == 0)
        {
            return;
        }

        WeightTensor first = _missing[0];
        string name = InFile(first.Names[0]);
        string tied = first.Names.Count == 1 ? string.Empty : $" (nor {string.Join(" nor ", first.Names.Skip(1).Select(other => Quoted.Name(InFile(other))))}, the names it is tied to)";

        // A tensor that nothing else claims is the likelier one; where all are claimed, its neighbours show what the file's names look like.
        string? closest = ClosestName.Find(name, _unexpected.Select(static tensor => tensor.Name)) ?? ClosestName.Find(name, _tensors.Values.Select(static tensor => tensor.Name));
        string hint = closest is null ? "; no name in it is like that" : $"; the closest name in it is {Quoted.Name(closest)}";
        string more = _missing.Count == 1 ? string.Empty : $"; {Number(_missing.Count - 1)} more {(_missing.Count == 2 ? "is" : "are")} missing";
        Report("FW0203", place: null, _file, Quoted.Name(name), TensorShape.Expected(first), _model, tied + hint + more);
    }

    private void ReportUnexpected()
    {
        if (_unexpected.Length == 0)
        {
            return;
        }

        string names = string.Join(", ", _unexpected.Take(NamesInMessage).Select(static tensor => Quoted.Name(tensor.Name)))
            + (_unexpected.Length > NamesInMessage ? $" and {Number(_unexpected.Length - NamesInMessage)} more" : string.Empty);
        string count = _unexpected.Length == 1 ? "a tensor" : $"{Number(_unexpected.Length)} tensors";
        Report("FW0205", _unexpected[0].Place, _file, count, _model, names);
    }

    private void Report(string id, ManifestPlace? place, params string[] arguments) => _findings.Add(new(id, new(arguments), place));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
