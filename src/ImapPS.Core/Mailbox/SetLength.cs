using System.Runtime.InteropServices;

namespace ImapPS.Mailbox;

/// <summary>How many characters a UID set takes so far, when UIDs are added in ascending order ("3,7:9,12").</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SetLength
{
    private int _closed;
    private uint _first;
    private uint _last;

    public readonly int With(uint uid)
    {
        SetLength longer = this;
        longer.Add(uid);
        return longer._closed + RunLength(longer._first, longer._last);
    }

    public void Add(uint uid)
    {
        if (_last != 0 && uid == _last + 1)
        {
            _last = uid;
            return;
        }

        if (_last != 0) _closed += RunLength(_first, _last) + 1;
        _first = _last = uid;
    }

    private static int RunLength(uint first, uint last) => first == last ? Digits(first) : Digits(first) + 1 + Digits(last);

    private static int Digits(uint value)
    {
        int digits = 1;
        for (; value >= 10; value /= 10) digits++;
        return digits;
    }
}
