using System.IO;
using System.Threading;
using MimeKit.Cryptography;

namespace ImapPS.Content;

/// <summary>How much is taken out of the signatures of one message, over all of them.</summary>
internal sealed class SignedBudget
{
    private int _bytesLeft = ContentLimits.SignedBytes;
    private int _levels;

    /// <summary>True when there was more than could be looked at.</summary>
    public bool IsTooMuch { get; private set; }

    /// <summary>What a message carries inside its signature; null when it carries nothing, or more than is left.</summary>
    public MemoryStream? Open(ApplicationPkcs7Mime wrapped, CancellationToken cancellationToken)
    {
        if (wrapped.SecureMimeType is not (SecureMimeType.SignedData or SecureMimeType.Unknown)) return null;

        if (_levels == ContentLimits.SignedLevels)
        {
            IsTooMuch = true;
            return null;
        }

        (byte[]? octets, int count, bool isTooMuch) = SignedContent.Open(wrapped, _bytesLeft, cancellationToken);
        IsTooMuch |= isTooMuch;
        if (octets is null) return null;

        _bytesLeft -= count;
        return new MemoryStream(octets, 0, count, writable: false);
    }

    /// <summary>What is opened from here on was inside of what was opened last.</summary>
    public void Enter() => _levels++;

    public void Leave() => _levels--;
}
