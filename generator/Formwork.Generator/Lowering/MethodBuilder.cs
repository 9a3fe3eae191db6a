using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>Collects a method's operations and works out how long each slot lives.</summary>
internal sealed class MethodBuilder
{
    private readonly List<BlockPlan> _blocks = [];
    private readonly List<Operation> _operations = [];
    private List<Operation> _open = [];
    private string? _comment;

    /// <summary>Opens a block of operations under a comment.</summary>
    public void Block(string comment)
    {
        Close();
        _comment = comment;
    }

    public void Add(Operation operation)
    {
        _open.Add(operation);
        _operations.Add(operation);
    }

    /// <summary>The collected blocks.</summary>
    public EquatableArray<BlockPlan> Build()
    {
        Close();
        return new(_blocks);
    }

    /// <summary>Gives slots the steps of their first and last use, counted from <paramref name="firstStep"/>; a slot without use lives nowhere and is left out.</summary>
    public IReadOnlyList<MemorySlot> WithLifetimes(IEnumerable<(string Name, Size Length)> slots, int firstStep = 0)
    {
        var result = new List<MemorySlot>();
        foreach ((string name, Size length) in slots)
        {
            int[] uses = _operations
                .Select((operation, step) => operation.Operands.Contains(name) ? step : -1)
                .Where(static step => step >= 0)
                .ToArray();
            if (uses.Length > 0)
            {
                result.Add(new(name, length, Offset: 0, firstStep + uses[0], firstStep + uses[uses.Length - 1]));
            }
        }

        return result;
    }

    /// <summary>Number of operations so far.</summary>
    public int Count => _operations.Count;

    private void Close()
    {
        if (_comment is not null)
        {
            _blocks.Add(new(_comment, new(_open)));
        }

        _open = [];
        _comment = null;
    }
}
