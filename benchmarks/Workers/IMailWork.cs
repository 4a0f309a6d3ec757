using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Benchmarks.Workers;

/// <summary>The rows' work, in one way to use MailKit.</summary>
internal interface IMailWork
{
    Task ListAsync(string folder, bool isRead, CancellationToken cancellationToken);

    Task MeasureAsync(string folder, CancellationToken cancellationToken);

    Task SaveAsync(string folder, string directory, CancellationToken cancellationToken);

    Task ImportAsync(string directory, string folder, CancellationToken cancellationToken);

    Task MoveAsync(string folder, string target, CancellationToken cancellationToken);

    Task FlagAsync(string folder, CancellationToken cancellationToken);
}
