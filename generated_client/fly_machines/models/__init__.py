"""All the models that requests and answers are made of; each is imported on first use."""

from collections.abc import Callable, Iterator
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import define, field, fields, has

from ..types import UNSET

if TYPE_CHECKING:
    from .acme_challenge import AcmeChallenge
    from .acquire_lease_request import AcquireLeaseRequest
    from .app import App
    from .app_organization import AppOrganization
    from .app_secret import AppSecret
    from .app_status import AppStatus
    from .authenticate_token_request import AuthenticateTokenRequest
    from .authorize_token_request import AuthorizeTokenRequest
    from .authorize_token_response import AuthorizeTokenResponse
    from .authorized_access import AuthorizedAccess
    from .autostop import Autostop
    from .certificate_detail import CertificateDetail
    from .certificate_entry import CertificateEntry
    from .certificate_key_type import CertificateKeyType
    from .certificate_source import CertificateSource
    from .certificate_status import CertificateStatus
    from .certificate_summary import CertificateSummary
    from .certificate_validation import CertificateValidation
    from .certificate_validation_error import CertificateValidationError
    from .check_certificate_response import CheckCertificateResponse
    from .check_result import CheckResult
    from .check_status import CheckStatus
    from .check_type import CheckType
    from .concurrency_type import ConcurrencyType
    from .container_config import ContainerConfig
    from .container_dependency import ContainerDependency
    from .container_dependency_condition import ContainerDependencyCondition
    from .container_healthcheck import ContainerHealthcheck
    from .container_healthcheck_kind import ContainerHealthcheckKind
    from .container_healthcheck_scheme import ContainerHealthcheckScheme
    from .container_mount import ContainerMount
    from .cpu_kind import CpuKind
    from .create_acme_certificate_request import CreateAcmeCertificateRequest
    from .create_app_deploy_token_request import CreateAppDeployTokenRequest
    from .create_app_deploy_token_response import CreateAppDeployTokenResponse
    from .create_app_request import CreateAppRequest
    from .create_app_response import CreateAppResponse
    from .create_custom_certificate_request import CreateCustomCertificateRequest
    from .create_ip_assignment_request import CreateIpAssignmentRequest
    from .create_ip_assignment_response import CreateIpAssignmentResponse
    from .create_machine_request import CreateMachineRequest
    from .create_network_policy_request import CreateNetworkPolicyRequest
    from .create_oidc_token_request import CreateOidcTokenRequest
    from .create_postgres_attachment_request import CreatePostgresAttachmentRequest
    from .create_postgres_backup_request import CreatePostgresBackupRequest
    from .create_postgres_cluster_request import CreatePostgresClusterRequest
    from .create_postgres_database_request import CreatePostgresDatabaseRequest
    from .create_postgres_user_request import CreatePostgresUserRequest
    from .create_snapshot_response import CreateSnapshotResponse
    from .create_volume_request import CreateVolumeRequest
    from .current_token_response import CurrentTokenResponse
    from .decrypt_secret_key_request import DecryptSecretKeyRequest
    from .decrypt_secret_key_response import DecryptSecretKeyResponse
    from .delete_app_secret_response import DeleteAppSecretResponse
    from .delete_secret_key_response import DeleteSecretKeyResponse
    from .dns_config import DnsConfig
    from .dns_forward_rule import DnsForwardRule
    from .dns_option import DnsOption
    from .dns_records import DnsRecords
    from .dns_requirements import DnsRequirements
    from .enable_postgres_extension_request import EnablePostgresExtensionRequest
    from .encrypt_secret_key_request import EncryptSecretKeyRequest
    from .encrypt_secret_key_response import EncryptSecretKeyResponse
    from .env_field_ref import EnvFieldRef
    from .env_from import EnvFrom
    from .error_response import ErrorResponse
    from .error_status import ErrorStatus
    from .exec_healthcheck import ExecHealthcheck
    from .exec_machine_request import ExecMachineRequest
    from .exec_machine_response import ExecMachineResponse
    from .extend_volume_request import ExtendVolumeRequest
    from .extend_volume_response import ExtendVolumeResponse
    from .find_placements_request import FindPlacementsRequest
    from .find_placements_response import FindPlacementsResponse
    from .fork_postgres_cluster_request import ForkPostgresClusterRequest
    from .host_status import HostStatus
    from .http_healthcheck import HttpHealthcheck
    from .http_options import HttpOptions
    from .http_response_options import HttpResponseOptions
    from .image_ref import ImageRef
    from .ip_assignment import IpAssignment
    from .ip_assignment_network import IpAssignmentNetwork
    from .ip_assignment_type import IpAssignmentType
    from .ip_pair import IpPair
    from .issued_certificate import IssuedCertificate
    from .lease import Lease
    from .lease_envelope import LeaseEnvelope
    from .lease_release_response import LeaseReleaseResponse
    from .lease_release_result import LeaseReleaseResult
    from .lease_summary import LeaseSummary
    from .list_app_secrets_response import ListAppSecretsResponse
    from .list_apps_response import ListAppsResponse
    from .list_certificates_response import ListCertificatesResponse
    from .list_ip_assignments_response import ListIpAssignmentsResponse
    from .list_org_machines_response import ListOrgMachinesResponse
    from .list_org_volumes_response import ListOrgVolumesResponse
    from .list_postgres_active_queries_response import ListPostgresActiveQueriesResponse
    from .list_postgres_backups_response import ListPostgresBackupsResponse
    from .list_postgres_clusters_response import ListPostgresClustersResponse
    from .list_postgres_databases_response import ListPostgresDatabasesResponse
    from .list_postgres_extensions_response import ListPostgresExtensionsResponse
    from .list_postgres_slow_queries_response import ListPostgresSlowQueriesResponse
    from .list_postgres_users_response import ListPostgresUsersResponse
    from .list_regions_response import ListRegionsResponse
    from .list_secret_keys_response import ListSecretKeysResponse
    from .listen_socket import ListenSocket
    from .macaroon_caveats import MacaroonCaveats
    from .macaroon_nonce import MacaroonNonce
    from .machine import Machine
    from .machine_cache_drive import MachineCacheDrive
    from .machine_check import MachineCheck
    from .machine_check_kind import MachineCheckKind
    from .machine_config import MachineConfig
    from .machine_config_checks import MachineConfigChecks
    from .machine_event import MachineEvent
    from .machine_event_request import MachineEventRequest
    from .machine_exit_event import MachineExitEvent
    from .machine_file import MachineFile
    from .machine_guest import MachineGuest
    from .machine_http_header import MachineHttpHeader
    from .machine_init import MachineInit
    from .machine_memory import MachineMemory
    from .machine_metadata import MachineMetadata
    from .machine_metrics import MachineMetrics
    from .machine_mount import MachineMount
    from .machine_overview_config import MachineOverviewConfig
    from .machine_port import MachinePort
    from .machine_process import MachineProcess
    from .machine_restart import MachineRestart
    from .machine_rootfs import MachineRootfs
    from .machine_schedule import MachineSchedule
    from .machine_secret import MachineSecret
    from .machine_service import MachineService
    from .machine_service_check import MachineServiceCheck
    from .machine_service_concurrency import MachineServiceConcurrency
    from .machine_spot import MachineSpot
    from .machine_state import MachineState
    from .machine_static import MachineStatic
    from .machine_version import MachineVersion
    from .metadata_value import MetadataValue
    from .network_policy import NetworkPolicy
    from .network_policy_action import NetworkPolicyAction
    from .network_policy_direction import NetworkPolicyDirection
    from .network_policy_machine import NetworkPolicyMachine
    from .network_policy_port import NetworkPolicyPort
    from .network_policy_rule import NetworkPolicyRule
    from .network_policy_selector import NetworkPolicySelector
    from .ok_response import OkResponse
    from .org_machine import OrgMachine
    from .org_volume import OrgVolume
    from .ownership_verification import OwnershipVerification
    from .persist_rootfs import PersistRootfs
    from .placement_weights import PlacementWeights
    from .port_handler import PortHandler
    from .postgres_active_query import PostgresActiveQuery
    from .postgres_attached_app import PostgresAttachedApp
    from .postgres_attachment import PostgresAttachment
    from .postgres_attachment_response import PostgresAttachmentResponse
    from .postgres_backup import PostgresBackup
    from .postgres_backup_type import PostgresBackupType
    from .postgres_cluster import PostgresCluster
    from .postgres_cluster_endpoints import PostgresClusterEndpoints
    from .postgres_cluster_response import PostgresClusterResponse
    from .postgres_cluster_summary import PostgresClusterSummary
    from .postgres_database import PostgresDatabase
    from .postgres_database_response import PostgresDatabaseResponse
    from .postgres_endpoint import PostgresEndpoint
    from .postgres_error_response import PostgresErrorResponse
    from .postgres_extension import PostgresExtension
    from .postgres_installed_extension import PostgresInstalledExtension
    from .postgres_major_version import PostgresMajorVersion
    from .postgres_node_endpoints import PostgresNodeEndpoints
    from .postgres_organization import PostgresOrganization
    from .postgres_plan import PostgresPlan
    from .postgres_pool_mode import PostgresPoolMode
    from .postgres_role import PostgresRole
    from .postgres_slow_query import PostgresSlowQuery
    from .postgres_status import PostgresStatus
    from .postgres_user import PostgresUser
    from .postgres_user_credentials import PostgresUserCredentials
    from .postgres_user_credentials_response import PostgresUserCredentialsResponse
    from .postgres_user_response import PostgresUserResponse
    from .process_stat import ProcessStat
    from .proxy_proto_options import ProxyProtoOptions
    from .reclaim_memory_request import ReclaimMemoryRequest
    from .reclaim_memory_response import ReclaimMemoryResponse
    from .region import Region
    from .region_placement import RegionPlacement
    from .replay_cache import ReplayCache
    from .replay_cache_type import ReplayCacheType
    from .restart_policy import RestartPolicy
    from .restore_postgres_cluster_request import RestorePostgresClusterRequest
    from .rotate_postgres_password_request import RotatePostgresPasswordRequest
    from .rotate_postgres_password_response import RotatePostgresPasswordResponse
    from .secret_key import SecretKey
    from .service_protocol import ServiceProtocol
    from .set_app_secret_request import SetAppSecretRequest
    from .set_app_secret_response import SetAppSecretResponse
    from .set_memory_limit_request import SetMemoryLimitRequest
    from .set_metadata_request import SetMetadataRequest
    from .set_secret_key_request import SetSecretKeyRequest
    from .set_secret_key_response import SetSecretKeyResponse
    from .sign_secret_key_request import SignSecretKeyRequest
    from .sign_secret_key_response import SignSecretKeyResponse
    from .signal import Signal
    from .signal_machine_request import SignalMachineRequest
    from .snapshot_backup import SnapshotBackup
    from .snapshot_message import SnapshotMessage
    from .start_machine_response import StartMachineResponse
    from .stop_config import StopConfig
    from .stop_machine_request import StopMachineRequest
    from .stop_signal import StopSignal
    from .tcp_healthcheck import TcpHealthcheck
    from .temp_dir_storage import TempDirStorage
    from .temp_dir_volume import TempDirVolume
    from .tls_options import TlsOptions
    from .token_access import TokenAccess
    from .token_info import TokenInfo
    from .unhealthy_policy import UnhealthyPolicy
    from .update_app_secrets_request import UpdateAppSecretsRequest
    from .update_app_secrets_response import UpdateAppSecretsResponse
    from .update_machine_request import UpdateMachineRequest
    from .update_metadata_request import UpdateMetadataRequest
    from .update_postgres_user_role_request import UpdatePostgresUserRoleRequest
    from .update_volume_request import UpdateVolumeRequest
    from .verified_token import VerifiedToken
    from .verify_secret_key_request import VerifySecretKeyRequest
    from .volume import Volume
    from .volume_config import VolumeConfig
    from .volume_snapshot import VolumeSnapshot
    from .volume_state import VolumeState
    from .volume_type import VolumeType
    from .wait_machine_response import WaitMachineResponse
    from .wait_state import WaitState
else:
    from importlib import import_module

    _MODULES = {
        "AcmeChallenge": ".acme_challenge",
        "AcquireLeaseRequest": ".acquire_lease_request",
        "App": ".app",
        "AppOrganization": ".app_organization",
        "AppSecret": ".app_secret",
        "AppStatus": ".app_status",
        "AuthenticateTokenRequest": ".authenticate_token_request",
        "AuthorizeTokenRequest": ".authorize_token_request",
        "AuthorizeTokenResponse": ".authorize_token_response",
        "AuthorizedAccess": ".authorized_access",
        "Autostop": ".autostop",
        "CertificateDetail": ".certificate_detail",
        "CertificateEntry": ".certificate_entry",
        "CertificateKeyType": ".certificate_key_type",
        "CertificateSource": ".certificate_source",
        "CertificateStatus": ".certificate_status",
        "CertificateSummary": ".certificate_summary",
        "CertificateValidation": ".certificate_validation",
        "CertificateValidationError": ".certificate_validation_error",
        "CheckCertificateResponse": ".check_certificate_response",
        "CheckResult": ".check_result",
        "CheckStatus": ".check_status",
        "CheckType": ".check_type",
        "ConcurrencyType": ".concurrency_type",
        "ContainerConfig": ".container_config",
        "ContainerDependency": ".container_dependency",
        "ContainerDependencyCondition": ".container_dependency_condition",
        "ContainerHealthcheck": ".container_healthcheck",
        "ContainerHealthcheckKind": ".container_healthcheck_kind",
        "ContainerHealthcheckScheme": ".container_healthcheck_scheme",
        "ContainerMount": ".container_mount",
        "CpuKind": ".cpu_kind",
        "CreateAcmeCertificateRequest": ".create_acme_certificate_request",
        "CreateAppDeployTokenRequest": ".create_app_deploy_token_request",
        "CreateAppDeployTokenResponse": ".create_app_deploy_token_response",
        "CreateAppRequest": ".create_app_request",
        "CreateAppResponse": ".create_app_response",
        "CreateCustomCertificateRequest": ".create_custom_certificate_request",
        "CreateIpAssignmentRequest": ".create_ip_assignment_request",
        "CreateIpAssignmentResponse": ".create_ip_assignment_response",
        "CreateMachineRequest": ".create_machine_request",
        "CreateNetworkPolicyRequest": ".create_network_policy_request",
        "CreateOidcTokenRequest": ".create_oidc_token_request",
        "CreatePostgresAttachmentRequest": ".create_postgres_attachment_request",
        "CreatePostgresBackupRequest": ".create_postgres_backup_request",
        "CreatePostgresClusterRequest": ".create_postgres_cluster_request",
        "CreatePostgresDatabaseRequest": ".create_postgres_database_request",
        "CreatePostgresUserRequest": ".create_postgres_user_request",
        "CreateSnapshotResponse": ".create_snapshot_response",
        "CreateVolumeRequest": ".create_volume_request",
        "CurrentTokenResponse": ".current_token_response",
        "DecryptSecretKeyRequest": ".decrypt_secret_key_request",
        "DecryptSecretKeyResponse": ".decrypt_secret_key_response",
        "DeleteAppSecretResponse": ".delete_app_secret_response",
        "DeleteSecretKeyResponse": ".delete_secret_key_response",
        "DnsConfig": ".dns_config",
        "DnsForwardRule": ".dns_forward_rule",
        "DnsOption": ".dns_option",
        "DnsRecords": ".dns_records",
        "DnsRequirements": ".dns_requirements",
        "EnablePostgresExtensionRequest": ".enable_postgres_extension_request",
        "EncryptSecretKeyRequest": ".encrypt_secret_key_request",
        "EncryptSecretKeyResponse": ".encrypt_secret_key_response",
        "EnvFieldRef": ".env_field_ref",
        "EnvFrom": ".env_from",
        "ErrorResponse": ".error_response",
        "ErrorStatus": ".error_status",
        "ExecHealthcheck": ".exec_healthcheck",
        "ExecMachineRequest": ".exec_machine_request",
        "ExecMachineResponse": ".exec_machine_response",
        "ExtendVolumeRequest": ".extend_volume_request",
        "ExtendVolumeResponse": ".extend_volume_response",
        "FindPlacementsRequest": ".find_placements_request",
        "FindPlacementsResponse": ".find_placements_response",
        "ForkPostgresClusterRequest": ".fork_postgres_cluster_request",
        "HostStatus": ".host_status",
        "HttpHealthcheck": ".http_healthcheck",
        "HttpOptions": ".http_options",
        "HttpResponseOptions": ".http_response_options",
        "ImageRef": ".image_ref",
        "IpAssignment": ".ip_assignment",
        "IpAssignmentNetwork": ".ip_assignment_network",
        "IpAssignmentType": ".ip_assignment_type",
        "IpPair": ".ip_pair",
        "IssuedCertificate": ".issued_certificate",
        "Lease": ".lease",
        "LeaseEnvelope": ".lease_envelope",
        "LeaseReleaseResponse": ".lease_release_response",
        "LeaseReleaseResult": ".lease_release_result",
        "LeaseSummary": ".lease_summary",
        "ListAppSecretsResponse": ".list_app_secrets_response",
        "ListAppsResponse": ".list_apps_response",
        "ListCertificatesResponse": ".list_certificates_response",
        "ListIpAssignmentsResponse": ".list_ip_assignments_response",
        "ListOrgMachinesResponse": ".list_org_machines_response",
        "ListOrgVolumesResponse": ".list_org_volumes_response",
        "ListPostgresActiveQueriesResponse": ".list_postgres_active_queries_response",
        "ListPostgresBackupsResponse": ".list_postgres_backups_response",
        "ListPostgresClustersResponse": ".list_postgres_clusters_response",
        "ListPostgresDatabasesResponse": ".list_postgres_databases_response",
        "ListPostgresExtensionsResponse": ".list_postgres_extensions_response",
        "ListPostgresSlowQueriesResponse": ".list_postgres_slow_queries_response",
        "ListPostgresUsersResponse": ".list_postgres_users_response",
        "ListRegionsResponse": ".list_regions_response",
        "ListSecretKeysResponse": ".list_secret_keys_response",
        "ListenSocket": ".listen_socket",
        "MacaroonCaveats": ".macaroon_caveats",
        "MacaroonNonce": ".macaroon_nonce",
        "Machine": ".machine",
        "MachineCacheDrive": ".machine_cache_drive",
        "MachineCheck": ".machine_check",
        "MachineCheckKind": ".machine_check_kind",
        "MachineConfig": ".machine_config",
        "MachineConfigChecks": ".machine_config_checks",
        "MachineEvent": ".machine_event",
        "MachineEventRequest": ".machine_event_request",
        "MachineExitEvent": ".machine_exit_event",
        "MachineFile": ".machine_file",
        "MachineGuest": ".machine_guest",
        "MachineHttpHeader": ".machine_http_header",
        "MachineInit": ".machine_init",
        "MachineMemory": ".machine_memory",
        "MachineMetadata": ".machine_metadata",
        "MachineMetrics": ".machine_metrics",
        "MachineMount": ".machine_mount",
        "MachineOverviewConfig": ".machine_overview_config",
        "MachinePort": ".machine_port",
        "MachineProcess": ".machine_process",
        "MachineRestart": ".machine_restart",
        "MachineRootfs": ".machine_rootfs",
        "MachineSchedule": ".machine_schedule",
        "MachineSecret": ".machine_secret",
        "MachineService": ".machine_service",
        "MachineServiceCheck": ".machine_service_check",
        "MachineServiceConcurrency": ".machine_service_concurrency",
        "MachineSpot": ".machine_spot",
        "MachineState": ".machine_state",
        "MachineStatic": ".machine_static",
        "MachineVersion": ".machine_version",
        "MetadataValue": ".metadata_value",
        "NetworkPolicy": ".network_policy",
        "NetworkPolicyAction": ".network_policy_action",
        "NetworkPolicyDirection": ".network_policy_direction",
        "NetworkPolicyMachine": ".network_policy_machine",
        "NetworkPolicyPort": ".network_policy_port",
        "NetworkPolicyRule": ".network_policy_rule",
        "NetworkPolicySelector": ".network_policy_selector",
        "OkResponse": ".ok_response",
        "OrgMachine": ".org_machine",
        "OrgVolume": ".org_volume",
        "OwnershipVerification": ".ownership_verification",
        "PersistRootfs": ".persist_rootfs",
        "PlacementWeights": ".placement_weights",
        "PortHandler": ".port_handler",
        "PostgresActiveQuery": ".postgres_active_query",
        "PostgresAttachedApp": ".postgres_attached_app",
        "PostgresAttachment": ".postgres_attachment",
        "PostgresAttachmentResponse": ".postgres_attachment_response",
        "PostgresBackup": ".postgres_backup",
        "PostgresBackupType": ".postgres_backup_type",
        "PostgresCluster": ".postgres_cluster",
        "PostgresClusterEndpoints": ".postgres_cluster_endpoints",
        "PostgresClusterResponse": ".postgres_cluster_response",
        "PostgresClusterSummary": ".postgres_cluster_summary",
        "PostgresDatabase": ".postgres_database",
        "PostgresDatabaseResponse": ".postgres_database_response",
        "PostgresEndpoint": ".postgres_endpoint",
        "PostgresErrorResponse": ".postgres_error_response",
        "PostgresExtension": ".postgres_extension",
        "PostgresInstalledExtension": ".postgres_installed_extension",
        "PostgresMajorVersion": ".postgres_major_version",
        "PostgresNodeEndpoints": ".postgres_node_endpoints",
        "PostgresOrganization": ".postgres_organization",
        "PostgresPlan": ".postgres_plan",
        "PostgresPoolMode": ".postgres_pool_mode",
        "PostgresRole": ".postgres_role",
        "PostgresSlowQuery": ".postgres_slow_query",
        "PostgresStatus": ".postgres_status",
        "PostgresUser": ".postgres_user",
        "PostgresUserCredentials": ".postgres_user_credentials",
        "PostgresUserCredentialsResponse": ".postgres_user_credentials_response",
        "PostgresUserResponse": ".postgres_user_response",
        "ProcessStat": ".process_stat",
        "ProxyProtoOptions": ".proxy_proto_options",
        "ReclaimMemoryRequest": ".reclaim_memory_request",
        "ReclaimMemoryResponse": ".reclaim_memory_response",
        "Region": ".region",
        "RegionPlacement": ".region_placement",
        "ReplayCache": ".replay_cache",
        "ReplayCacheType": ".replay_cache_type",
        "RestartPolicy": ".restart_policy",
        "RestorePostgresClusterRequest": ".restore_postgres_cluster_request",
        "RotatePostgresPasswordRequest": ".rotate_postgres_password_request",
        "RotatePostgresPasswordResponse": ".rotate_postgres_password_response",
        "SecretKey": ".secret_key",
        "ServiceProtocol": ".service_protocol",
        "SetAppSecretRequest": ".set_app_secret_request",
        "SetAppSecretResponse": ".set_app_secret_response",
        "SetMemoryLimitRequest": ".set_memory_limit_request",
        "SetMetadataRequest": ".set_metadata_request",
        "SetSecretKeyRequest": ".set_secret_key_request",
        "SetSecretKeyResponse": ".set_secret_key_response",
        "SignSecretKeyRequest": ".sign_secret_key_request",
        "SignSecretKeyResponse": ".sign_secret_key_response",
        "Signal": ".signal",
        "SignalMachineRequest": ".signal_machine_request",
        "SnapshotBackup": ".snapshot_backup",
        "SnapshotMessage": ".snapshot_message",
        "StartMachineResponse": ".start_machine_response",
        "StopConfig": ".stop_config",
        "StopMachineRequest": ".stop_machine_request",
        "StopSignal": ".stop_signal",
        "TcpHealthcheck": ".tcp_healthcheck",
        "TempDirStorage": ".temp_dir_storage",
        "TempDirVolume": ".temp_dir_volume",
        "TlsOptions": ".tls_options",
        "TokenAccess": ".token_access",
        "TokenInfo": ".token_info",
        "UnhealthyPolicy": ".unhealthy_policy",
        "UpdateAppSecretsRequest": ".update_app_secrets_request",
        "UpdateAppSecretsResponse": ".update_app_secrets_response",
        "UpdateMachineRequest": ".update_machine_request",
        "UpdateMetadataRequest": ".update_metadata_request",
        "UpdatePostgresUserRoleRequest": ".update_postgres_user_role_request",
        "UpdateVolumeRequest": ".update_volume_request",
        "VerifiedToken": ".verified_token",
        "VerifySecretKeyRequest": ".verify_secret_key_request",
        "Volume": ".volume",
        "VolumeConfig": ".volume_config",
        "VolumeSnapshot": ".volume_snapshot",
        "VolumeState": ".volume_state",
        "VolumeType": ".volume_type",
        "WaitMachineResponse": ".wait_machine_response",
        "WaitState": ".wait_state",
    }

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        model = getattr(import_module(_MODULES[name], __name__), name)
        globals()[name] = model
        return model

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})


E = TypeVar("E", bound=Enum)
V = TypeVar("V")

#: Makes a model without its `__init__`: from_dict sets every field.
new = object.__new__
_parse_time = datetime.fromisoformat

# What is not of the expected kind (null, an absent key, a surprise) is passed on as it is: one such value must not cost the whole answer.


def as_model(value: dict[str, Any], kind: type[Any]) -> Any:
    """An object as a model, where the model can be made of it."""
    try:
        return kind.from_dict(value)
    except (AttributeError, LookupError, TypeError, ValueError):
        return value


def as_needed(value: Any, kind: type[Any]) -> Any:
    """An object as a model without which there is no answer: only null is passed on."""
    return None if value is None else kind.from_dict(value)


def as_models(value: list[Any], kind: type[Any]) -> list[Any]:
    """The objects of a list as models, each where the model can be made of it."""
    read = kind.from_dict
    try:
        return [read(each) if isinstance(each, dict) else each for each in value]
    except (AttributeError, LookupError, TypeError, ValueError):
        return [as_model(each, kind) if isinstance(each, dict) else each for each in value]


def members(kind: type[E]) -> "Callable[[str, Any], E | Any]":
    """What finds the member of an enum that has a value; it is given what to return for another value."""
    found: dict[str, Any] = {each.value: each for each in kind}
    return found.get


def others(values: dict[str, Any], known: tuple[str, ...]) -> dict[str, Any]:
    """What an object holds besides the keys that are known."""
    for name in known:
        del values[name]
    return values


def as_time(text: str) -> datetime | str:
    """RFC 3339 as a point in time, cut off after microseconds; other text, the empty one too, as it is."""
    try:
        parsed = _parse_time(text)
    except ValueError:
        return text
    return text if parsed.tzinfo is None else parsed


def as_json(value: Any) -> Any:
    """What JSON has for a value."""
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    to_dict = getattr(value, "to_dict", None)
    return value if to_dict is None else to_dict()


#: What the text of a model goes through before it is shown. Others may add what hides the secrets that they know of.
masks: "list[Callable[[str], str]]" = []

#: Names of fields that hold secrets somewhere, for objects that no model could be made of, such as `LeaseNonce`.
_SECRETS = (
    "env",
    "header",
    "nonce",
    "password",
    "permission_token",
    "plaintext",
    "private_key",
    "raw_value",
    "stdin",
    "token",
    "value",
    "values",
)
#: The longest text of a model, about; and of a value in it.
_ROOM = 1400
_LONGEST = 120


def as_text(self: Any) -> str:
    """A model as people read it: short, without what is unset, and with *** for what is secret."""
    text = _model_text(self, _ROOM)
    for mask in masks:
        text = mask(text)
    return text


def as_pairs(self: Any) -> "Iterator[tuple[str, Any]]":
    """What a model holds, for those who print it in their own way, as rich does."""
    marked = getattr(self, "_secrets", ())
    for name in (each.name for each in fields(type(self)) if each.init):
        value = getattr(self, name)
        if value is not UNSET:
            yield name, _masked(value) if name in marked else _without_secrets(value)
    if self._others:
        yield "additional_properties", _without_secrets(self._others)


def _or_none(others: "dict[str, Any] | None") -> "dict[str, Any] | None":
    return others or None


@define(repr=False)
class Model(Generic[V]):
    """What all models share: what an object holds besides the fields that are known."""

    # Most objects hold nothing else, and a dict for each would be a third of what a list of them takes.
    _others: "dict[str, V] | None" = field(init=False, default=None, eq=_or_none)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        init = vars(cls).get("__init__")
        if init is not None:  # attrs has made it: a TypeError shows this name, and others' classes are named alike
            init.__qualname__ = f"{__name__}.{cls.__name__}"

    @property
    def additional_properties(self) -> dict[str, V]:
        """What it holds besides its fields: what is put there is sent."""
        if self._others is None:
            self._others = {}
        return self._others

    @additional_properties.setter
    def additional_properties(self, others: dict[str, V]) -> None:
        self._others = others

    @property
    def additional_keys(self) -> list[str]:
        """The names of what it holds besides its fields."""
        return list(self._others or ())

    def __getitem__(self, key: str) -> V:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: V) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: object) -> bool:
        return self._others is not None and key in self._others

    __repr__ = as_text
    __rich_repr__ = as_pairs


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _masked(each) if str(key).lower().endswith(_SECRETS) else _without_secrets(each)
            for key, each in value.items()
        }
    return [_without_secrets(each) for each in value] if isinstance(value, list) else value


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _masked(each) for key, each in value.items()}
    return "***" if value else value


def _model_text(model: Any, room: int) -> str:
    return f"{type(model).__name__}({_as_many([(f'{name}=', value) for name, value in as_pairs(model)], room)})"


def _as_many(parts: "list[tuple[str, Any]]", room: int) -> str:
    """As many parts as there is room for, separated by commas; the rest is dots."""
    shown = []
    for name, value in parts:
        text = name + _text(value, room * 2 // 3)
        if len(text) > room:
            text = f"{name}..."
        room -= len(text) + 2
        if room < 0:
            shown.append("...")
            break
        shown.append(text)
    return ", ".join(shown)


def _text(value: Any, room: int) -> str:
    if has(type(value)):
        return _model_text(value, room)
    if isinstance(value, list):
        return f"[{_as_many([('', each) for each in value], room)}]"
    if isinstance(value, dict):
        return "{" + _as_many([(f"{key!r}: ", each) for key, each in value.items()], room) + "}"
    if isinstance(value, datetime):
        return value.isoformat()
    text = repr(value.value if isinstance(value, Enum) else value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


__all__ = (
    "AcmeChallenge",
    "AcquireLeaseRequest",
    "App",
    "AppOrganization",
    "AppSecret",
    "AppStatus",
    "AuthenticateTokenRequest",
    "AuthorizedAccess",
    "AuthorizeTokenRequest",
    "AuthorizeTokenResponse",
    "Autostop",
    "CertificateDetail",
    "CertificateEntry",
    "CertificateKeyType",
    "CertificateSource",
    "CertificateStatus",
    "CertificateSummary",
    "CertificateValidation",
    "CertificateValidationError",
    "CheckCertificateResponse",
    "CheckResult",
    "CheckStatus",
    "CheckType",
    "ConcurrencyType",
    "ContainerConfig",
    "ContainerDependency",
    "ContainerDependencyCondition",
    "ContainerHealthcheck",
    "ContainerHealthcheckKind",
    "ContainerHealthcheckScheme",
    "ContainerMount",
    "CpuKind",
    "CreateAcmeCertificateRequest",
    "CreateAppDeployTokenRequest",
    "CreateAppDeployTokenResponse",
    "CreateAppRequest",
    "CreateAppResponse",
    "CreateCustomCertificateRequest",
    "CreateIpAssignmentRequest",
    "CreateIpAssignmentResponse",
    "CreateMachineRequest",
    "CreateNetworkPolicyRequest",
    "CreateOidcTokenRequest",
    "CreatePostgresAttachmentRequest",
    "CreatePostgresBackupRequest",
    "CreatePostgresClusterRequest",
    "CreatePostgresDatabaseRequest",
    "CreatePostgresUserRequest",
    "CreateSnapshotResponse",
    "CreateVolumeRequest",
    "CurrentTokenResponse",
    "DecryptSecretKeyRequest",
    "DecryptSecretKeyResponse",
    "DeleteAppSecretResponse",
    "DeleteSecretKeyResponse",
    "DnsConfig",
    "DnsForwardRule",
    "DnsOption",
    "DnsRecords",
    "DnsRequirements",
    "EnablePostgresExtensionRequest",
    "EncryptSecretKeyRequest",
    "EncryptSecretKeyResponse",
    "EnvFieldRef",
    "EnvFrom",
    "ErrorResponse",
    "ErrorStatus",
    "ExecHealthcheck",
    "ExecMachineRequest",
    "ExecMachineResponse",
    "ExtendVolumeRequest",
    "ExtendVolumeResponse",
    "FindPlacementsRequest",
    "FindPlacementsResponse",
    "ForkPostgresClusterRequest",
    "HostStatus",
    "HttpHealthcheck",
    "HttpOptions",
    "HttpResponseOptions",
    "ImageRef",
    "IpAssignment",
    "IpAssignmentNetwork",
    "IpAssignmentType",
    "IpPair",
    "IssuedCertificate",
    "Lease",
    "LeaseEnvelope",
    "LeaseReleaseResponse",
    "LeaseReleaseResult",
    "LeaseSummary",
    "ListAppSecretsResponse",
    "ListAppsResponse",
    "ListCertificatesResponse",
    "ListenSocket",
    "ListIpAssignmentsResponse",
    "ListOrgMachinesResponse",
    "ListOrgVolumesResponse",
    "ListPostgresActiveQueriesResponse",
    "ListPostgresBackupsResponse",
    "ListPostgresClustersResponse",
    "ListPostgresDatabasesResponse",
    "ListPostgresExtensionsResponse",
    "ListPostgresSlowQueriesResponse",
    "ListPostgresUsersResponse",
    "ListRegionsResponse",
    "ListSecretKeysResponse",
    "MacaroonCaveats",
    "MacaroonNonce",
    "Machine",
    "MachineCacheDrive",
    "MachineCheck",
    "MachineCheckKind",
    "MachineConfig",
    "MachineConfigChecks",
    "MachineEvent",
    "MachineEventRequest",
    "MachineExitEvent",
    "MachineFile",
    "MachineGuest",
    "MachineHttpHeader",
    "MachineInit",
    "MachineMemory",
    "MachineMetadata",
    "MachineMetrics",
    "MachineMount",
    "MachineOverviewConfig",
    "MachinePort",
    "MachineProcess",
    "MachineRestart",
    "MachineRootfs",
    "MachineSchedule",
    "MachineSecret",
    "MachineService",
    "MachineServiceCheck",
    "MachineServiceConcurrency",
    "MachineSpot",
    "MachineState",
    "MachineStatic",
    "MachineVersion",
    "MetadataValue",
    "NetworkPolicy",
    "NetworkPolicyAction",
    "NetworkPolicyDirection",
    "NetworkPolicyMachine",
    "NetworkPolicyPort",
    "NetworkPolicyRule",
    "NetworkPolicySelector",
    "OkResponse",
    "OrgMachine",
    "OrgVolume",
    "OwnershipVerification",
    "PersistRootfs",
    "PlacementWeights",
    "PortHandler",
    "PostgresActiveQuery",
    "PostgresAttachedApp",
    "PostgresAttachment",
    "PostgresAttachmentResponse",
    "PostgresBackup",
    "PostgresBackupType",
    "PostgresCluster",
    "PostgresClusterEndpoints",
    "PostgresClusterResponse",
    "PostgresClusterSummary",
    "PostgresDatabase",
    "PostgresDatabaseResponse",
    "PostgresEndpoint",
    "PostgresErrorResponse",
    "PostgresExtension",
    "PostgresInstalledExtension",
    "PostgresMajorVersion",
    "PostgresNodeEndpoints",
    "PostgresOrganization",
    "PostgresPlan",
    "PostgresPoolMode",
    "PostgresRole",
    "PostgresSlowQuery",
    "PostgresStatus",
    "PostgresUser",
    "PostgresUserCredentials",
    "PostgresUserCredentialsResponse",
    "PostgresUserResponse",
    "ProcessStat",
    "ProxyProtoOptions",
    "ReclaimMemoryRequest",
    "ReclaimMemoryResponse",
    "Region",
    "RegionPlacement",
    "ReplayCache",
    "ReplayCacheType",
    "RestartPolicy",
    "RestorePostgresClusterRequest",
    "RotatePostgresPasswordRequest",
    "RotatePostgresPasswordResponse",
    "SecretKey",
    "ServiceProtocol",
    "SetAppSecretRequest",
    "SetAppSecretResponse",
    "SetMemoryLimitRequest",
    "SetMetadataRequest",
    "SetSecretKeyRequest",
    "SetSecretKeyResponse",
    "Signal",
    "SignalMachineRequest",
    "SignSecretKeyRequest",
    "SignSecretKeyResponse",
    "SnapshotBackup",
    "SnapshotMessage",
    "StartMachineResponse",
    "StopConfig",
    "StopMachineRequest",
    "StopSignal",
    "TcpHealthcheck",
    "TempDirStorage",
    "TempDirVolume",
    "TlsOptions",
    "TokenAccess",
    "TokenInfo",
    "UnhealthyPolicy",
    "UpdateAppSecretsRequest",
    "UpdateAppSecretsResponse",
    "UpdateMachineRequest",
    "UpdateMetadataRequest",
    "UpdatePostgresUserRoleRequest",
    "UpdateVolumeRequest",
    "VerifiedToken",
    "VerifySecretKeyRequest",
    "Volume",
    "VolumeConfig",
    "VolumeSnapshot",
    "VolumeState",
    "VolumeType",
    "WaitMachineResponse",
    "WaitState",
)
