namespace Formwork.Weights;

/// <summary>
/// Finds the tensor of every slot and refuses a file that is not this model's, before anything is allocated. All problems are collected,
/// because one of them alone (the first of two hundred missing tensors) rarely tells what happened.
/// </summary>
internal sealed class ManifestMatch
{
    private readonly ITensorSet _file;
    private readonly WeightManifest _manifest;
    private readonly List<WeightProblem> _problems = [];
    private readonly HashSet<string> _known = [];
    private readonly List<string> _unexpected = [];
    private readonly bool _isBaseModel;

    private ManifestMatch(ITensorSet file, WeightManifest manifest)
    {
        _file = file;
        _manifest = manifest;
        _isBaseModel = BaseModelNames.AreUsedBy(file, manifest);
        foreach (WeightSlot slot in manifest.Slots)
        {
            _known.UnionWith(slot.Names.Select(InFile));
        }
        _unexpected.AddRange(file.Tensors.Select(tensor => tensor.Name).Where(name => !_known.Contains(name) && !Ignores(name)));
    }

    /// <summary>The tensor of each slot, null where the model does without.</summary>
    /// <param name="file">The opened checkpoint.</param>
    /// <param name="manifest">The model's weights.</param>
    /// <param name="source">The file and the model, as messages call them.</param>
    public static SafetensorsTensor?[] Resolve(ITensorSet file, WeightManifest manifest, string source)
    {
        var match = new ManifestMatch(file, manifest);
        SafetensorsTensor?[] tensors = [.. manifest.Slots.Select(slot => match.Find(slot))];
        match.RefuseUnexpected();
        // A table that is both looked up and multiplied by has two slots and is one problem.
        List<WeightProblem> problems = [.. match._problems.DistinctBy(problem => (problem.Code, problem.Tensor, problem.Expected))];
        return problems.Count == 0 ? tensors : throw new WeightLoadException(source, problems[0], problems[1..]);
    }

    private SafetensorsTensor? Find(in WeightSlot slot)
    {
        SafetensorsTensor? found = null;
        foreach (string name in slot.Names.Select(InFile))
        {
            if (!_file.TryGet(name, out SafetensorsTensor? tensor) || !Accept(slot, tensor))
            {
                continue;
            }
            if (found is null)
            {
                found = tensor;
            }
            else if (TiedTensors.FirstDifference(found, tensor) is { } problem)
            {
                _problems.Add(problem);
            }
        }
        if (found is null && !slot.MayBeAbsent && !slot.Names.Any(name => _file.TryGet(InFile(name), out _)))
        {
            _problems.Add(Missing(slot));
        }
        return found;
    }

    /// <summary>What the file calls a tensor.</summary>
    private string InFile(string name) => _isBaseModel ? BaseModelNames.Of(name) : name;

    private bool Ignores(string name) => _manifest.Ignores(name, InFile);

    private bool Accept(in WeightSlot slot, SafetensorsTensor tensor)
    {
        WeightProblem? problem = SlotShape.Mismatch(slot, tensor, _manifest.Model)
            ?? (tensor.DType.IsReadableAsFloat() ? null : tensor.UnsupportedDType());
        if (problem is not null)
        {
            _problems.Add(problem);
        }
        return problem is null;
    }

    private WeightProblem Missing(in WeightSlot slot)
    {
        string name = InFile(slot.Names[0]);
        string aliases = slot.Names.Length == 1 ? "" : $" (nor {string.Join(" nor ", slot.Names.Skip(1).Select(other => WeightProblem.Quote(InFile(other))))}, the names it is tied to)";
        // A tensor that nothing else claims is the likelier one; where all are claimed, its neighbours show what the file's names look like.
        string? closest = ClosestName.Find(name, _unexpected) ?? ClosestName.Find(name, _file.Tensors.Select(tensor => tensor.Name));
        return new WeightProblem(WeightLoadError.TensorMissing, $"tensor {WeightProblem.Quote(name)} is not in the file{aliases}",
            (closest is null ? "No name in the file is like it. " : $"The closest name in the file is {WeightProblem.Quote(closest)}. ")
            + "Check that the file belongs to the declared model: its family and its numbers of layers.")
        { Tensor = name, Expected = SlotShape.Expected(slot), Found = closest };
    }

    private void RefuseUnexpected()
    {
        const int Named = 5;
        if (_unexpected.Count == 0)
        {
            return;
        }
        string names = string.Join(", ", _unexpected.Take(Named).Select(WeightProblem.Quote))
            + (_unexpected.Count > Named ? $" and {_unexpected.Count - Named} more" : "");
        _file.TryGet(_unexpected[0], out SafetensorsTensor? first);
        _problems.Add(new WeightProblem(WeightLoadError.TensorUnexpected,
            $"the file has {(_unexpected.Count == 1 ? "a tensor" : $"{_unexpected.Count} tensors")} that {_manifest.Model} does not use: {names}",
            "The declaration has fewer layers than the file, or another family, and would compute something else than the model that was trained.")
        { Tensor = _unexpected[0], Offset = first?.Offset, Found = $"{_unexpected.Count} unexpected" });
    }
}
