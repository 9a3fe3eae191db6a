namespace Translate.Streams;

/// <summary>Remarks to the user on standard error. While a progress bar is drawn there they wait.</summary>
internal sealed class Notes(TextWriter error)
{
    private readonly List<string> _waiting = [];
    private bool _held;

    public void Add(string note)
    {
        if (_held)
        {
            _waiting.Add(note);
        }
        else
        {
            error.WriteLine($"note: {note}");
        }
    }

    public void Hold() => _held = true;

    public void Release()
    {
        _held = false;
        _waiting.ForEach(Add);
        _waiting.Clear();
    }
}
